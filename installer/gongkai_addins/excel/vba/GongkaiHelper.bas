Attribute VB_Name = "GongkaiHelper"
Option Explicit
' Requests to the helper, a program of the same user that listens on this machine only. It answers at once and works afterwards, when Excel is free.

Public Const ACCEPTED As Long = 202
Private Const READY As Long = 200
Private Const DIRECT As Long = 1

' The answer of the helper to an action: 202 when it took it, 0 when nobody answers.
Public Function Signal(action As String) As Long
    Signal = Send("POST", "/v1/" & action, RequestBody())
End Function

' Whether the helper answers.
Public Function Listening() As Boolean
    Listening = (Send("GET", "/v1/status", "") = READY)
End Function

' What the helper must know to find the workbook: it looks for the same one among all that are open, never for "the active one".
Public Function RequestBody() As String
    Dim book As String, sheet As String
    If Not ActiveWorkbook Is Nothing Then
        book = ActiveWorkbook.FullName
        sheet = ActiveSheet.Name
    End If
    RequestBody = "{""workbook"":" & Quoted(book) & ",""sheet"":" & Quoted(sheet) & ",""application"":" & Quoted(ProgramName()) & _
        ",""locator"":{""hwnd"":" & Application.Hwnd & ",""version"":" & Quoted(Application.Version) & "}}"
End Function

Private Function Send(method As String, path As String, body As String) As Long
    Dim place As String, http As Object
    On Error GoTo nobody
    place = HelperFile()
    If place = "" Then Exit Function
    Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
    http.SetProxy DIRECT
    http.SetTimeouts 500, 500, 2000, 5000
    http.Open method, "http://127.0.0.1:" & CLng(Field(place, "port")) & path, False
    http.SetRequestHeader "Content-Type", "application/json"
    http.SetRequestHeader "X-Gongkai-Token", Field(place, "token")
    http.Send body
    Send = http.Status
nobody:
End Function

Private Function ProgramName() As String
    Dim place As String
    place = LCase(Application.Name & " " & Application.Path)
    If InStr(place, "wps") > 0 Or InStr(place, "kingsoft") > 0 Then ProgramName = "wps" Else ProgramName = "excel"
End Function

' The text of helper.json, in which the helper tells its port and token; nothing when there is none.
Private Function HelperFile() As String
    Dim path As String, number As Integer
    path = Environ("LOCALAPPDATA") & "\gongkai\helper.json"
    If Dir(path) = "" Then Exit Function
    number = FreeFile
    Open path For Input Access Read Shared As #number
    HelperFile = Input(LOF(number), #number)
    Close #number
End Function
