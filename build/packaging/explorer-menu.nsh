; "Serve with Wirescope" on a folder, and on the ground of an open one. Of the user who installs it, as the app is.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Wirescope" "" "Serve with Wirescope"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Wirescope" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Wirescope\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%V"'
  WriteRegStr SHCTX "Software\Classes\Directory\Background\shell\Wirescope" "" "Serve with Wirescope"
  WriteRegStr SHCTX "Software\Classes\Directory\Background\shell\Wirescope" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Directory\Background\shell\Wirescope\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%V"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Wirescope"
  DeleteRegKey SHCTX "Software\Classes\Directory\Background\shell\Wirescope"
!macroend
