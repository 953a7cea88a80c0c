// SPDX-License-Identifier: Apache-2.0

internal import PCI

/// The subcommand `completions`.
struct Completions: SubcommandOptions {
  /// The shells that there is a script for.
  enum Shell: String, CaseIterable, Sendable {
    case bash
    case zsh
    case fish
  }

  static let declaration = SubcommandDeclaration(
    "completions", "A script that completes passthru's arguments in bash, zsh or fish.",
    takes: "a shell: bash, zsh or fish", need: .nothing,
    examples: [
      .init(
        "completions bash > /usr/share/bash-completion/completions/passthru", "for all users")
    ])
  static let arguments: [CommandArgument<Self>] = [
    .init("SHELL", "The shell.", completes: .words { Shell.allCases.map { $0.rawValue } }) {
      (subcommand: inout Self, words) throws(ArgumentError) in
      guard let shell = Shell(rawValue: words[0]) else {
        throw ArgumentError(
          "there is no script for \(displayText(words[0].utf8)): it is for bash, zsh or fish",
          isWhole: true)
      }
      subcommand.shell = shell
    }
  ]

  var common = CommonOptions()
  /// The shell to write for.
  var shell = Shell.bash

  func work(on system: PlatformKind) -> Work { .answer { CommandResult(self.script) } }

  /// What asks `passthru complete` for the words that fit.
  ///
  /// It answers a word a line, or `:files` or `:directories` where the shell
  /// knows better.
  private var script: String {
    switch shell {
    case .bash:
      #"""
      # bash completion for passthru
      _passthru() {
        local line=${COMP_LINE:0:COMP_POINT} word answer
        local -a words
        read -ra words <<<"$line"
        # After a blank, a word begins that has no letter yet.
        [[ $line == *[[:space:]] ]] && words+=("")
        word=${words[${#words[@]} - 1]}
        answer=$(passthru complete -- "${words[@]:1}" 2>/dev/null) || return
        # bash ends words at some signs, and replaces what follows the last of them.
        local kept=$word signs=${COMP_WORDBREAKS//[^:=@]/}
        [[ -n $signs ]] && kept=${word##*[$signs]}
        local cut=${word%"$kept"}
        compopt -o nosort 2>/dev/null
        case $answer in
        :files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$kept") ;;
        :directories)
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -d -- "$kept")
          ;;
        *)
          COMPREPLY=()
          local candidate
          while IFS= read -r candidate; do
            [[ -n $candidate ]] && COMPREPLY+=("${candidate#"$cut"}")
          done <<<"$answer"
          ;;
        esac
      }
      complete -F _passthru passthru

      """#
    case .zsh:
      #"""
      #compdef passthru
      # zsh completion for passthru
      _passthru() {
        local answer
        answer=$(passthru complete -- "${(@)words[2,CURRENT]}" 2>/dev/null) || return 1
        case $answer in
        :files) _files ;;
        :directories) _files -/ ;;
        '') return 1 ;;
        *) compadd -V passthru -- "${(@f)answer}" ;;
        esac
      }
      if [ "$funcstack[1]" = _passthru ]; then _passthru; else compdef _passthru passthru; fi

      """#
    case .fish:
      #"""
      # fish completion for passthru
      function __passthru_complete
        set -l words (commandline -opc) (commandline -ct)
        set -l answer (passthru complete -- $words[2..-1] 2>/dev/null)
        switch "$answer[1]"
          case :files
            __fish_complete_path (commandline -ct)
          case :directories
            __fish_complete_directories (commandline -ct)
          case '*'
            printf '%s\n' $answer
        end
      end
      complete -c passthru -f -k -a '(__passthru_complete)'

      """#
    }
  }
}
