; "Serve with Wirescope" on a folder, and on the ground of an open one; "Open with" for captures of other programs,
; which stay theirs. Of the user who installs it, as the app is. A drive ends in a backslash, which would take the
; meaning from the quote behind it: hence the dot.
!macro customInstall
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Wirescope" "" "Serve with Wirescope"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Wirescope" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Directory\shell\Wirescope\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%V\."'
  WriteRegStr SHCTX "Software\Classes\Directory\Background\shell\Wirescope" "" "Serve with Wirescope"
  WriteRegStr SHCTX "Software\Classes\Directory\Background\shell\Wirescope" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\Directory\Background\shell\Wirescope\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%V\."'
  WriteRegStr SHCTX "Software\Classes\Wirescope.import" "" "Captured traffic"
  WriteRegStr SHCTX "Software\Classes\Wirescope.import\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHCTX "Software\Classes\.har\OpenWithProgids" "Wirescope.import" ""
  WriteRegStr SHCTX "Software\Classes\.pcap\OpenWithProgids" "Wirescope.import" ""
  WriteRegStr SHCTX "Software\Classes\.pcapng\OpenWithProgids" "Wirescope.import" ""
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\Directory\shell\Wirescope"
  DeleteRegKey SHCTX "Software\Classes\Directory\Background\shell\Wirescope"
  DeleteRegKey SHCTX "Software\Classes\Wirescope.import"
  DeleteRegValue SHCTX "Software\Classes\.har\OpenWithProgids" "Wirescope.import"
  DeleteRegValue SHCTX "Software\Classes\.pcap\OpenWithProgids" "Wirescope.import"
  DeleteRegValue SHCTX "Software\Classes\.pcapng\OpenWithProgids" "Wirescope.import"
!macroend
