Attribute VB_Name = "GongkaiStart"
Option Explicit
' Stands in for the module that starts the helper, in an add-in that must not start any program.

Public Function StartHelper(action As String, body As String) As Boolean
    Tell Text("not_running"), vbExclamation
End Function
