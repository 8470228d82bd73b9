Attribute VB_Name = "GongkaiAnswer"
Option Explicit
' Hands a request over and looks once a second, without holding Excel up, for what became of it.

Private Const ACCEPTED As Long = 202
Private Const READY As Long = 200
Private Const MOST_LOOKS As Long = 1800
Private Const LONGEST_MESSAGE As Long = 1000

Private pendingAction As String
Private pendingBody As String
Private pendingNumber As String
Private looks As Long

' Gives a request to the helper, which is started when it is not running.
Public Sub HandOver(action As String, body As String)
    Dim status As Long, reply As String
    status = Send("POST", "/v1/" & action, body, reply)
    If status = 0 And action <> "stop" Then
        If Not StartHelper(action, body) Then Exit Sub
        status = Send("POST", "/v1/" & action, body, reply)
    End If
    If status = ACCEPTED And Field(reply, "number") <> "" Then
        pendingAction = action
        pendingBody = body
        pendingNumber = Field(reply, "number")
        looks = 0
        ListenForEscape True
        LookLater
    ElseIf status = ACCEPTED Then
        MsgBox Field(reply, "sentence"), vbInformation, Text("title")
    ElseIf status = 0 Then
        MsgBox Text("not_running"), vbExclamation, Text("title")
    ElseIf Field(reply, "error") <> "" Then
        MsgBox Field(reply, "error"), vbExclamation, Text("title")
    Else
        MsgBox Text("refused") & status, vbExclamation, Text("title")
    End If
End Sub

' Whether the helper answers.
Public Function Listening() As Boolean
    Dim reply As String
    Listening = (Send("GET", "/v1/status", "", reply) = READY)
End Function

Private Sub LookLater()
    Application.OnTime Now + TimeSerial(0, 0, 1), "'" & ThisWorkbook.Name & "'!GongkaiAnswer.Look"
End Sub

' Called by Excel: shows the answer when it is there.
Public Sub Look()
    Dim reply As String, number As String, last As Long
    If pendingNumber = "" Then Exit Sub
    If Send("GET", "/v1/status", "", reply) = READY Then last = InStr(reply, """last""")
    If last = 0 Then
        Finish
        MsgBox Text("lost"), vbExclamation, Text("title")
        Exit Sub
    End If
    reply = Mid(reply, last)
    number = Field(reply, "number")
    looks = looks + 1
    If Val(number) < Val(pendingNumber) And looks < MOST_LOOKS Then
        LookLater
    ElseIf number = pendingNumber Then
        Finish
        Settle pendingAction, pendingBody, reply
    Else
        Finish
    End If
    Refresh
End Sub

' Keeps what an answer says of the workbook, and shows the rest.
Public Sub Settle(action As String, body As String, answer As String)
    If Field(answer, "outcome") <> "failed" And Field(answer, "outcome") <> "cancelled" Then Remember Field(body, "workbook"), answer
    Show action, body, answer
End Sub

Private Sub Finish()
    pendingNumber = ""
    ListenForEscape False
End Sub

' While the helper works, Esc tells it that the user has changed his mind; it obeys until it begins to write.
Private Sub ListenForEscape(listens As Boolean)
    On Error Resume Next
    If listens Then
        Application.OnKey "{ESC}", "'" & ThisWorkbook.Name & "'!GongkaiAnswer.Cancel"
    Else
        Application.OnKey "{ESC}"
    End If
End Sub

' Called by Excel when Esc is pressed.
Public Sub Cancel()
    Dim reply As String
    If pendingNumber = "" Then
        ListenForEscape False
    Else
        Call Send("POST", "/v1/cancel", "{}", reply)
    End If
End Sub

' What the status bar of the workbook says already is not said again; questions, refusals and what has no workbook are.
' Details that were written into a file are before the user's eyes by then.
Private Sub Show(action As String, body As String, answer As String)
    Dim outcome As String, message As String, details As String
    outcome = Field(answer, "outcome")
    message = Field(answer, "sentence")
    If Field(answer, "file") = "" Then details = Lines(answer, "details")
    If details <> "" Then message = message & vbLf & vbLf & details
    message = Left(message, LONGEST_MESSAGE)
    If outcome = "confirm" Then
        If MsgBox(message, vbYesNo + vbQuestion + vbDefaultButton2, Text("title")) = vbYes Then
            HandOver action, "{""confirmed"":true," & Mid(body, 2)
        End If
    ElseIf outcome = "cancelled" Then
        Exit Sub
    ElseIf outcome <> "done" Then
        MsgBox message, vbExclamation, Text("title")
    ElseIf Field(answer, "workbook") = "" Then
        MsgBox message, vbInformation, Text("title")
    End If
End Sub
