Attribute VB_Name = "GongkaiAnswer"
Option Explicit
' Hands a request over and looks once a second, without holding Excel up, for what became of it.

Private Const ACCEPTED As Long = 202
Private Const READY As Long = 200
Private Const MOST_LOOKS As Long = 1800
Private Const MOST_MISSES As Long = 5
Private Const LONGEST_MESSAGE As Long = 1000

Private pendingAction As String
Private pendingBody As String
Private pendingNumber As String
Private looks As Long
Private misses As Long

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
        misses = 0
        ListenForEscape True
        Later "GongkaiAnswer.Look", 1
    ElseIf status = ACCEPTED Then
        Tell Field(reply, "sentence"), vbInformation
    ElseIf status = 0 Then
        Tell Text("not_running"), vbExclamation
    ElseIf Field(reply, "error") <> "" Then
        Tell Field(reply, "error"), vbExclamation
    Else
        Tell Text("refused") & status, vbExclamation
    End If
End Sub

' Whether the helper answers.
Public Function Listening() As Boolean
    Dim reply As String
    Listening = (Send("GET", "/v1/status", "", reply) = READY)
End Function

' Whether an answer is still awaited. One that has come meanwhile is shown first.
Public Function StillWaiting() As Boolean
    If pendingNumber <> "" Then Look
    StillWaiting = (pendingNumber <> "")
End Function

' Called by Excel: shows the answer when it is there. A helper that is idle and has not answered is another one, which knows nothing of the request.
Public Sub Look()
    Dim reply As String, state As String, number As String
    On Error GoTo failed
    KeepGoing
    If pendingNumber = "" Then Exit Sub
    looks = looks + 1
    If Send("GET", "/v1/status", "", reply) = READY Then
        state = Field(reply, "state")
        number = AnswerNumber(reply)
        ' Somebody else was answered since.
        If Val(number) > Val(pendingNumber) Then
            If Send("GET", "/v1/answers/" & pendingNumber, "", reply) = READY Then number = AnswerNumber(reply)
        End If
    End If
    If state = "working" Then misses = 0 Else misses = misses + 1
    If number = pendingNumber Then
        Finish
        Settle pendingAction, pendingBody, Mid(reply, InStr(reply, """last"""))
    ElseIf misses >= MOST_MISSES Or looks >= MOST_LOOKS Then
        Finish
        Tell Text("lost"), vbExclamation
    Else
        Later "GongkaiAnswer.Look", 1
    End If
    Refresh
    Exit Sub
failed:
    TellFault
    Finish
End Sub

' The number of the newest answer that the helper tells of; nothing when there is none yet.
Private Function AnswerNumber(reply As String) As String
    Dim place As Long
    place = InStr(reply, """last""")
    If place > 0 Then AnswerNumber = Field(Mid(reply, place), "number")
End Function

' Keeps what an answer says of the workbook, and shows the rest.
Public Sub Settle(action As String, body As String, answer As String)
    If Field(answer, "outcome") <> "failed" And Field(answer, "outcome") <> "cancelled" Then Remember Field(body, "workbook"), answer
    Show action, body, answer
End Sub

Private Sub Finish()
    pendingNumber = ""
    Never "GongkaiAnswer.Look"
    ListenForEscape False
End Sub

' While the helper works, Esc tells it that the user has changed his mind; it obeys until it begins to write.
Private Sub ListenForEscape(listens As Boolean)
    On Error Resume Next
    If listens Then
        Application.OnKey "{ESC}", Here("GongkaiAnswer.Cancel")
    Else
        Application.OnKey "{ESC}"
    End If
End Sub

' Called by Excel when Esc is pressed.
Public Sub Cancel()
    Dim reply As String
    On Error Resume Next
    KeepGoing
    If pendingNumber = "" Then
        ListenForEscape False
    Else
        Call Send("POST", "/v1/cancel", "{}", reply)
    End If
End Sub

' What the status bar of the workbook says already is not said again; questions, refusals and what has no workbook are.
' Where the user has hidden the status bar, all of it is. Details that were written into a file are before the user's eyes by then.
Private Sub Show(action As String, body As String, answer As String)
    Dim outcome As String, message As String, details As String
    outcome = Field(answer, "outcome")
    message = Field(answer, "sentence")
    If Field(answer, "file") = "" Then details = Lines(answer, "details")
    If details <> "" Then message = message & vbLf & vbLf & details
    message = Left(message, LONGEST_MESSAGE)
    If outcome = "confirm" Then
        If Tell(message, vbYesNo + vbQuestion + vbDefaultButton2) = vbYes Then
            HandOver action, "{""confirmed"":true," & Mid(body, 2)
        End If
    ElseIf outcome = "cancelled" Then
        Exit Sub
    ElseIf outcome <> "done" Then
        Tell message, vbExclamation
    ElseIf Field(answer, "workbook") = "" Or StatusBarHidden() Then
        Tell message, vbInformation
    End If
End Sub

Private Function StatusBarHidden() As Boolean
    On Error Resume Next
    StatusBarHidden = Not Application.DisplayStatusBar
End Function
