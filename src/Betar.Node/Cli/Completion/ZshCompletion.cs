namespace Betar.Node.Cli.Completion;

/// <summary>Completion for zsh. Where a value is due, zsh offers files.</summary>
internal static class ZshCompletion
{
    public static void Write(TextWriter script, IReadOnlyList<CompletionPlace> places)
    {
        script.WriteLine(
            """
            #compdef betar
            # Completion of betar for zsh: betar completion zsh > a file _betar in a folder of $fpath
            _betar() {
                local at=betar skip='' i
                local -a offered
                for ((i = 2; i < CURRENT; i++)); do
                    if [[ -n $skip ]]; then
                        skip=''
                        continue
                    fi
                    case "$at ${words[i]}" in
            """);
        script.WriteLine($"            {string.Join(" | ", ShellText.Paths(places).Select(ShellText.Quote))}) at=\"$at ${{words[i]}}\" ;;");
        script.WriteLine($"            {string.Join(" | ", ShellText.Values(places).Select(ShellText.Quote))}) skip=1 ;;");
        script.WriteLine(
            """
                    esac
                done
                if [[ -n $skip ]]; then
                    _files
                    return
                fi
                case $at in
            """);
        foreach (var place in places)
        {
            script.WriteLine($"        {ShellText.Quote(place.Path)}) offered=(");
            foreach (var word in place.Commands.Concat(place.Options))
                script.WriteLine($"            {ShellText.Quote($"{word.Text}:{word.Description}")}");
            script.WriteLine("        ) ;;");
        }

        script.WriteLine(
            """
                esac
                _describe betar offered || _files
            }
            if [[ $funcstack[1] == _betar ]]; then
                _betar "$@"
            else
                compdef _betar betar
            fi
            """);
    }
}
