namespace Betar.Node.Cli.Completion;

/// <summary>Completion for fish.</summary>
internal static class FishCompletion
{
    public static void Write(TextWriter script, IReadOnlyList<CompletionPlace> places)
    {
        script.WriteLine(
            """
            # Completion of betar for fish: betar completion fish > ~/.config/fish/completions/betar.fish
            function __betar_at
                set -l at betar
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                        continue
                    end
                    switch "$at $word"
            """);
        script.WriteLine($"            case {string.Join(' ', ShellText.Paths(places).Select(Quote))}");
        script.WriteLine("                set at \"$at $word\"");
        script.WriteLine($"            case {string.Join(' ', ShellText.Values(places).Select(Quote))}");
        script.WriteLine(
            """
                            set skip 1
                    end
                end
                test "$at" = "$argv[1]"
            end
            """);
        foreach (var place in places)
        {
            foreach (var word in place.Commands)
                script.WriteLine($"complete -c betar -n {Quote($"__betar_at '{place.Path}'")} -f -a {Quote(word.Text)} -d {Quote(word.Description)}");
            foreach (var word in place.Options)
                script.WriteLine($"complete -c betar -n {Quote($"__betar_at '{place.Path}'")} {Name(word.Text)}{(word.TakesValue ? " -r" : "")} -d {Quote(word.Description)}");
        }
    }

    private static string Name(string option) => option.StartsWith("--", StringComparison.Ordinal) ? "-l " + option[2..] : "-s " + option[1..];

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
