Attribute VB_Name = "GongkaiState"
Option Explicit
' What the last answer said of each workbook: which buttons would do nothing there and why, and which stay pressed. What is not known is not greyed.

Private ribbon As Object
Private known As Collection
Private newest As String

' Called by Excel when the ribbon is there.
Public Sub OnLoad(given As Object)
    Set ribbon = given
    Hear
End Sub

' Lets the workbook of the add-in hear of windows that come to the front; in a program that tells nothing of them, all else works.
Public Sub Hear()
    On Error Resume Next
    ThisWorkbook.Listen
End Sub

' Called when another window comes to the front, and after each answer.
Public Sub Refresh()
    On Error Resume Next
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub

' Keeps what an answer says of a workbook; an answer that is about none says nothing of it.
Public Sub Remember(book As String, answer As String)
    Dim place As Long
    place = InStr(answer, """pressed"":")
    If book = "" Or place = 0 Or Field(answer, "workbook") = "" Then Exit Sub
    newest = Mid(answer, place)
    If known Is Nothing Then Set known = New Collection
    On Error Resume Next
    known.Remove book
    known.Add newest, book
End Sub

Public Sub IsEnabled(control As Object, ByRef returned As Variant)
    returned = True
    On Error Resume Next
    returned = (Obstacle(control.Tag) = "")
End Sub

Public Sub GetTip(control As Object, ByRef returned As Variant)
    returned = ""
    On Error Resume Next
    returned = Obstacle(control.Tag)
    If returned = "" Then returned = Text("tip_" & control.Tag)
End Sub

' Marks are a workbook's own; whether only errors are seen is the same everywhere.
Public Sub IsPressed(control As Object, ByRef returned As Variant)
    returned = False
    On Error Resume Next
    If control.Tag = "errors_only" Then
        returned = Pressed(newest, "errors_only")
    Else
        returned = Pressed(Standing(), control.Tag)
    End If
End Sub

' Why an action would do nothing now; nothing when it may be asked for.
Private Function Obstacle(action As String) As String
    If NeedsWorkbook(action) Then Obstacle = NoWorkbook()
    If Obstacle = "" Then Obstacle = Reason(Standing(), action)
End Function

' Why there is no workbook that could be spoken of; nothing when there is one. A protected view holds none.
Public Function NoWorkbook() As String
    Dim program As Object, view As Object
    If Not ActiveWorkbook Is Nothing Then Exit Function
    NoWorkbook = Text("no_workbook")
    Set program = Application
    On Error Resume Next
    Set view = program.ActiveProtectedViewWindow
    If Not view Is Nothing Then NoWorkbook = Text("protected_view")
End Function

' The reason that an answer gives for an action, in the words after "greyed".
Public Function Reason(answer As String, action As String) As String
    Dim place As Long
    place = InStr(answer, """greyed"":")
    If place > 0 Then Reason = Field(Mid(answer, place), action)
End Function

' Whether an answer lists an action among the toggles that are on.
Public Function Pressed(answer As String, action As String) As Boolean
    Pressed = InStr(vbLf & Lines(answer, "pressed") & vbLf, vbLf & action & vbLf) > 0
End Function

' What is known of the workbook in front.
Private Function Standing() As String
    On Error Resume Next
    Standing = known.Item(ActiveWorkbook.FullName)
End Function
