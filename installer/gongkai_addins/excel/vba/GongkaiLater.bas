Attribute VB_Name = "GongkaiLater"
Option Explicit
' Calls that Excel is to make later: each is known until it is made, so that none brings a closed add-in back.

Private moments As Collection

' Lets Excel call a procedure after so many seconds; of the same procedure only the last call stands.
Public Sub Later(procedure As String, seconds As Long)
    Dim moment As Date, name As String
    Never procedure
    name = Here(procedure)
    moment = DateAdd("s", seconds, Now)
    If moments Is Nothing Then Set moments = New Collection
    moments.Add moment, procedure
    Application.OnTime moment, name
End Sub

' Takes back a call that was not made yet; of one that was, Excel knows nothing any more.
Public Sub Never(procedure As String)
    Dim moment As Date, name As String
    If moments Is Nothing Then Exit Sub
    name = Here(procedure)
    On Error Resume Next
    moment = moments.Item(procedure)
    If moment = 0 Then Exit Sub
    moments.Remove procedure
    Application.OnTime moment, name, , False
End Sub

' Gives everything back that was borrowed from Excel: the add-in is being closed.
Public Sub LetGo()
    On Error Resume Next
    Never "GongkaiAnswer.Look"
    Never "GongkaiAlone.LookAlone"
    Never "GongkaiAlone.EndRemark"
    Application.OnKey "{ESC}"
End Sub

' Esc is meant for what the helper does; a macro that it met would be broken off, with a box that offers to end or debug it.
' Excel takes this back by itself as soon as no macro runs.
Public Sub KeepGoing()
    Const DISABLED As Long = 0
    On Error Resume Next
    Application.EnableCancelKey = DISABLED
End Sub

' A procedure of this add-in as Excel is told of it.
Public Function Here(procedure As String) As String
    Here = "'" & ThisWorkbook.Name & "'!" & procedure
End Function
