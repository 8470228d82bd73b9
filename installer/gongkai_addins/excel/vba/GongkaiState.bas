Attribute VB_Name = "GongkaiState"
Option Explicit
' What the last answer said of each workbook: which buttons would do nothing there and why, and which stay pressed. What is not known is not greyed.

Private ribbon As Object
Private known As Collection

' Called by Excel when the ribbon is there.
Public Sub OnLoad(given As Object)
    Set ribbon = given
    On Error Resume Next
    Application.OnWindow = "'" & ThisWorkbook.Name & "'!GongkaiState.Refresh"
End Sub

' Called by Excel when another window comes to the front, and after each answer.
Public Sub Refresh()
    On Error Resume Next
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub

' Keeps what an answer says of a workbook.
Public Sub Remember(book As String, answer As String)
    Dim place As Long
    place = InStr(answer, """pressed"":")
    If book = "" Or place = 0 Then Exit Sub
    If known Is Nothing Then Set known = New Collection
    On Error Resume Next
    known.Remove book
    known.Add Mid(answer, place), book
End Sub

Public Sub IsEnabled(control As Object, ByRef returned As Variant)
    returned = (Obstacle(control.Tag) = "")
End Sub

Public Sub GetTip(control As Object, ByRef returned As Variant)
    returned = Obstacle(control.Tag)
    If returned = "" Then returned = Text("tip_" & control.Tag)
End Sub

Public Sub IsPressed(control As Object, ByRef returned As Variant)
    returned = Pressed(Standing(), control.Tag)
End Sub

' Why an action would do nothing now; nothing when it may be asked for.
Private Function Obstacle(action As String) As String
    If NeedsWorkbook(action) And ActiveWorkbook Is Nothing Then
        Obstacle = Text("no_workbook")
    Else
        Obstacle = Reason(Standing(), action)
    End If
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
