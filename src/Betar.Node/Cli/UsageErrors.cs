using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Betar.Node.Errors;

namespace Betar.Node.Cli;

/// <summary>Says in our words, with our codes, what is wrong with a command line.</summary>
internal static class UsageErrors
{
    public static CliRefusal? Find(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;

        // Help is given whatever else is missing, but not for a word that means nothing.
        var unmatched = command.TreatUnmatchedTokensAsErrors && parsed.UnmatchedTokens.Count > 0;
        if (!unmatched && (parsed.Errors.Count == 0 || parsed.Action is HelpAction))
            return null;

        var help = $"run {Path(parsed.CommandResult)} --help to see how it is used";
        if (unmatched)
        {
            var word = parsed.UnmatchedTokens[0];
            if (command.Subcommands.Count == 0 && word == NodeOptions.ApiUrl.Name)
                return ErrorCatalog.LocalOnly.Refuse($"{Path(parsed.CommandResult)} asks no node over HTTP");
            return word.StartsWith('-')
                ? ErrorCatalog.UnknownOption.Refuse($"There is no option {word} here{Suggest(word, OptionNames(parsed.CommandResult))}", help)
                : command.Subcommands.Count > 0
                    ? ErrorCatalog.UnknownVerb.Refuse($"There is no command \"{word}\"{Suggest(word, VisibleNames(command))}", help)
                    : ErrorCatalog.WrongUsage.Refuse($"\"{word}\" is one word too many", help);
        }

        var error = parsed.Errors[0];
        if (command.Subcommands.Count > 0 && command.Action is null)
            return ErrorCatalog.WrongUsage.Refuse($"{Path(parsed.CommandResult)} needs one of {string.Join(", ", VisibleNames(command))}", help);

        var entry = error.SymbolResult switch
        {
            OptionResult { Tokens.Count: > 0 } => ErrorCatalog.BadOptionValue,
            OptionResult => ErrorCatalog.MissingOption,
            CommandResult when error.Message.StartsWith("Option '", StringComparison.Ordinal) => ErrorCatalog.MissingOption,
            _ => ErrorCatalog.WrongUsage,
        };
        return entry.Refuse(error.SymbolResult is OptionResult { Tokens: [var value, ..], Option: var option }
            ? $"{option.Name} cannot be \"{value.Value}\""
            : error.Message.Replace('\'', '"'), help);
    }

    private static string Suggest(string word, IEnumerable<string> names) =>
        Suggestions.Nearest(word, names) is { } name ? $" (did you mean {name}?)" : "";

    private static IEnumerable<string> VisibleNames(Command command) =>
        command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name);

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        for (SymbolResult? level = result; level is not null; level = level.Parent)
        {
            if (level is not CommandResult { Command: var command })
                continue;
            foreach (var option in command.Options.Where(option => ReferenceEquals(level, result) || option.Recursive))
            {
                yield return option.Name;
                foreach (var alias in option.Aliases)
                    yield return alias;
            }
        }
    }

    private static string Path(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? level = result; level is CommandResult { Parent: not null, Command: var command }; level = level.Parent)
            names.Insert(0, command.Name);
        names.Insert(0, "betar");
        return string.Join(' ', names);
    }
}
