namespace Betar.Node.Cli.Completion;

/// <summary>Completion for bash. Where a value is due, or nothing of ours fits, bash offers files.</summary>
internal static class BashCompletion
{
    public static void Write(TextWriter script, IReadOnlyList<CompletionPlace> places)
    {
        script.WriteLine(
            """
            # Completion of betar for bash: eval "$(betar completion bash)"
            _betar() {
                local cur=${COMP_WORDS[COMP_CWORD]} at=betar commands='' options='' skip='' i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    if [[ $skip ]]; then
                        skip=''
                        continue
                    fi
                    case "$at ${COMP_WORDS[i]}" in
            """);
        script.WriteLine($"            {string.Join(" | ", ShellText.Paths(places).Select(ShellText.Quote))}) at=\"$at ${{COMP_WORDS[i]}}\" ;;");
        script.WriteLine($"            {string.Join(" | ", ShellText.Values(places).Select(ShellText.Quote))}) skip=1 ;;");
        script.WriteLine(
            """
                    esac
                done
                [[ $skip ]] && return
                case $at in
            """);
        foreach (var place in places)
            script.WriteLine($"        {ShellText.Quote(place.Path)}) commands={Words(place.Commands)} options={Words(place.Options)} ;;");
        script.WriteLine(
            """
                esac
                [[ $cur == -* ]] && commands=$options
                COMPREPLY=($(compgen -W "$commands" -- "$cur"))
            }
            complete -o default -F _betar betar
            """);
    }

    private static string Words(IEnumerable<CompletionWord> words) => ShellText.Quote(string.Join(' ', words.Select(word => word.Text)));
}
