Attribute VB_Name = "GongkaiHelper"
Option Explicit
' Requests to the helper, a program of the same user that listens on this machine only. It answers at once and works afterwards, when Excel is free.

Private Const DIRECT As Long = 1

' The status of the helper's reply, whose text comes back in reply; 0 when nobody answers.
Public Function Send(method As String, path As String, body As String, reply As String) As Long
    Dim place As String, http As Object
    On Error GoTo nobody
    reply = ""
    place = HelperFile()
    If place = "" Then Exit Function
    Set http = CreateObject("WinHttp.WinHttpRequest.5.1")
    http.SetProxy DIRECT
    http.SetTimeouts 500, 500, 2000, 5000
    http.Open method, "http://127.0.0.1:" & CLng(Field(place, "port")) & path, False
    http.SetRequestHeader "Content-Type", "application/json"
    http.SetRequestHeader "X-Gongkai-Token", Field(place, "token")
    http.Send body
    reply = http.ResponseText
    Send = http.Status
nobody:
End Function

' What the helper must know to find the workbook: it looks for the same one among all that are open, never for "the active one".
Public Function RequestBody(folder As String) As String
    Dim book As String, sheet As String, cell As String
    On Error Resume Next
    book = ActiveWorkbook.FullName
    sheet = ActiveSheet.Name
    cell = ActiveCell.Address(False, False)
    On Error GoTo 0
    RequestBody = "{""escape"":true,""application"":" & Quoted(ProgramName()) & ",""workbook"":" & Quoted(book) & ",""sheet"":" & Quoted(sheet) & _
        ",""cell"":" & Quoted(cell) & ",""folder"":" & Quoted(folder) & ",""locator"":{""hwnd"":" & WindowNumber() & "}}"
End Function

Private Function ProgramName() As String
    Dim place As String
    place = Application.Name
    On Error Resume Next
    place = place & " " & Application.Path
    On Error GoTo 0
    place = LCase(place)
    If InStr(place, "wps") > 0 Or InStr(place, "kingsoft") > 0 Then ProgramName = "wps" Else ProgramName = "excel"
End Function

' The number of the program's window; 0 in a program that does not tell.
Private Function WindowNumber() As String
    WindowNumber = "0"
    On Error Resume Next
    WindowNumber = CStr(Application.Hwnd)
End Function

' The text of helper.json, in which the helper tells its port and token; nothing when there is none.
Private Function HelperFile() As String
    Dim path As String, number As Integer
    path = Environ("LOCALAPPDATA")
    If InStr(path, "?") > 0 Then
        HelperFile = HelperFileOfAnyName()
        Exit Function
    End If
    path = path & "\gongkai\helper.json"
    If Dir(path) = "" Then Exit Function
    number = FreeFile
    Open path For Input Access Read Shared As #number
    HelperFile = Input(LOF(number), #number)
    Close #number
End Function

' The same where the user's name has letters that the machine's code page lacks: Basic's own statements about files cannot name such a folder.
' The folder of temporary files lies among the user's data.
Private Function HelperFileOfAnyName() As String
    Const READING As Long = 1, TEMPORARY As Long = 2
    Dim files As Object, stream As Object
    Set files = CreateObject("Scripting.FileSystemObject")
    Set stream = files.OpenTextFile(files.GetSpecialFolder(TEMPORARY).ParentFolder.Path & "\gongkai\helper.json", READING)
    HelperFileOfAnyName = stream.ReadAll
    stream.Close
End Function
