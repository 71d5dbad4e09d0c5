using System.CommandLine;

namespace Betar.Node.Cli.Completion;

/// <summary>A place on the command line, after these commands, and the words that may follow there.</summary>
/// <param name="Path">The commands so far, with blanks between.</param>
/// <param name="Commands">Those that may follow.</param>
/// <param name="Options">Those that may follow.</param>
internal sealed record CompletionPlace(string Path, IReadOnlyList<CompletionWord> Commands, IReadOnlyList<CompletionWord> Options)
{
    /// <summary>Every place of a command line, from its own tree. An alias of a command is a place of its own.</summary>
    public static IReadOnlyList<CompletionPlace> Of(Command root)
    {
        List<CompletionPlace> places = [];
        Add(places, root.Name, root, []);
        return places;
    }

    private static void Add(List<CompletionPlace> places, string path, Command command, IReadOnlyList<Option> inherited)
    {
        Option[] options = [.. command.Options, .. inherited.Except(command.Options)];
        var commands = command.Subcommands.Where(child => !child.Hidden).ToList();
        places.Add(new CompletionPlace(
            path,
            [.. commands.SelectMany(child => Names(child.Name, child.Aliases).Select(name => new CompletionWord(name, child.Description ?? "", false)))],
            [.. options.Where(option => !option.Hidden).SelectMany(option => Names(option.Name, option.Aliases).Where(name => name.StartsWith('-')).Select(
                name => new CompletionWord(name, option.Description ?? "", option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool))))]));
        foreach (var child in commands)
        {
            foreach (var name in Names(child.Name, child.Aliases))
                Add(places, $"{path} {name}", child, [.. options.Where(option => option.Recursive)]);
        }
    }

    private static IEnumerable<string> Names(string name, IEnumerable<string> aliases) => aliases.Where(alias => alias != name).Prepend(name);
}
