Attribute VB_Name = "GongkaiAlone"
Option Explicit
' One click without the helper, where none can be: a program that ends with it reads the request from a file and writes the answer into another.

Private Const MOST_LOOKS As Long = 1800
Private Const LOOKS_TO_BEGIN As Long = 60

Private pendingAction As String
Private pendingBody As String
Private pendingPlace As String
Private looks As Long
Private clicks As Long
Private remark As String

' Has an action done; the answer is looked for once a second, without holding Excel up.
Public Sub RunAlone(action As String, body As String)
    Dim clicker As String
    On Error GoTo failed
    If pendingPlace <> "" Then LookAlone
    If pendingPlace <> "" Then
        Tell Text("busy"), vbExclamation
        Exit Sub
    End If
    clicker = GetSetting("gongkai", "helper", "click", "")
    If clicker = "" Then Err.Raise 5
    clicks = clicks + 1
    pendingPlace = ClicksFolder() & "\" & CLng(Date) & "-" & CLng(Timer * 100) & "-" & clicks
    pendingAction = action
    pendingBody = body
    looks = 0
    WriteText RequestFile(pendingPlace), body
    Shell ClickCommand(clicker, action, pendingPlace), vbHide
    Application.StatusBar = Text("alone")
    Later "GongkaiAlone.LookAlone", 1
    Exit Sub
failed:
    Forget
    Tell Text("not_started"), vbCritical
End Sub

' Called by Excel: shows the answer when it is there. A request that still lies there was read by nobody.
Public Sub LookAlone()
    Dim answer As String
    On Error GoTo failed
    KeepGoing
    If pendingPlace = "" Then Exit Sub
    looks = looks + 1
    answer = TakenText(AnswerFile(pendingPlace))
    If answer <> "" Then
        pendingPlace = ""
        Application.StatusBar = False
        ShowRemark answer
        Settle pendingAction, pendingBody, answer
    ElseIf looks >= LOOKS_TO_BEGIN And Exists(RequestFile(pendingPlace)) Then
        Forget
        Tell Text("not_started"), vbCritical
    ElseIf looks >= MOST_LOOKS Then
        Forget
        Tell Text("lost"), vbExclamation
    Else
        Later "GongkaiAlone.LookAlone", 1
    End If
    Refresh
    Exit Sub
failed:
    TellFault
    Forget
End Sub

' Nothing is waited for any more.
Private Sub Forget()
    Dim place As String
    place = pendingPlace
    pendingPlace = ""
    Never "GongkaiAlone.LookAlone"
    On Error Resume Next
    Application.StatusBar = False
    If place <> "" Then Kill RequestFile(place)
End Sub

' What the helper would leave in the status bar is put there from here, and taken away after a minute.
Private Sub ShowRemark(answer As String)
    If Field(answer, "workbook") = "" Then Exit Sub
    remark = Left(Field(answer, "sentence"), LONGEST_REMARK)
    Application.StatusBar = remark
    Later "GongkaiAlone.EndRemark", 60
End Sub

' Called by Excel: gives the status bar back unless something else stands there by now.
Public Sub EndRemark()
    On Error Resume Next
    If CStr(Application.StatusBar) = remark Then Application.StatusBar = False
End Sub

' The command line of one click.
Public Function ClickCommand(clicker As String, action As String, place As String) As String
    ClickCommand = clicker & " " & action & " --request """ & RequestFile(place) & """ --answer """ & AnswerFile(place) & """"
End Function

Private Function RequestFile(place As String) As String
    RequestFile = place & "-request.json"
End Function

Private Function AnswerFile(place As String) As String
    AnswerFile = place & "-answer.json"
End Function

' The folder of requests and answers among the user's own data.
Private Function ClicksFolder() As String
    Dim folder As String
    folder = Environ("LOCALAPPDATA") & "\gongkai"
    If Dir(folder, vbDirectory) = "" Then MkDir folder
    folder = folder & "\clicks"
    If Dir(folder, vbDirectory) = "" Then MkDir folder
    ClicksFolder = folder
End Function

Private Function Exists(path As String) As Boolean
    On Error Resume Next
    Exists = (Dir(path) <> "")
End Function

' Writes a text, which is ASCII.
Public Sub WriteText(path As String, content As String)
    Dim number As Integer
    number = FreeFile
    Open path For Output Access Write As #number
    Print #number, content
    Close #number
End Sub

' The text of a file, which is removed; nothing while there is none, or none that can be read yet.
Public Function TakenText(path As String) As String
    Dim number As Integer
    If Not Exists(path) Then Exit Function
    On Error GoTo notYet
    number = FreeFile
    Open path For Input Access Read As #number
    TakenText = Input(LOF(number), #number)
    Close #number
    Kill path
    Exit Function
notYet:
    Close #number
End Function
