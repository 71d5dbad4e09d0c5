using Betar.Node.Errors;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Editing;

/// <summary>
/// Changes one agent in the text of <c>agents.yaml</c> and leaves everything else as it stands, comments too. Each change is read back:
/// what would alter another agent is refused, and nothing is written.
/// </summary>
internal static class AgentsEditor
{
    private const string Fresh = "# The agents that this node sells; betar agent schema describes every field.\nagents:\n";

    /// <summary>The names of the file's agents, in its order.</summary>
    public static Checked<IReadOnlyList<string>> Names(string text, string file)
    {
        var layout = AgentsLayout.Read(text, file);
        return layout.IsOk ? Checked.Of<IReadOnlyList<string>>([.. layout.Value.Agents.Select(agent => agent.Name)]) : layout.Refusal;
    }

    public static Checked<string> Add(string text, string file, string name, IReadOnlyList<AgentEdit> fields)
    {
        var layout = AgentsLayout.Read(text, file);
        if (!layout.IsOk)
            return layout.Refusal;
        if (layout.Value.Find(name) is not null)
            return ErrorCatalog.AgentInFile.Refuse($"{file} has an agent {VisibleText.Of(name)} already");
        AgentEdit[] all = [new("name", name), .. fields];
        var changed = layout.Value switch
        {
            { List: null, Top: null } => Ended(text) + Fresh + Block(all, "  "),
            { List: null, Place: { } place } => Insert(text, place, "\n" + Block(all, "  ").TrimEnd('\n')),
            { List: null } => Ended(text) + "agents:\n" + Block(all, "  "),
            { List: { Children.Count: 0 } empty } => Replace(text, empty.Start.Index, NodeEnd.Of(text, empty), "\n" + Block(all, "  ").TrimEnd('\n')),
            { List: { Style: SequenceStyle.Flow } flow } => Insert(text, NodeEnd.Of(text, flow.Children[^1]), ", { " + string.Join(", ", all.Select(Line)) + " }"),
            var block => Insert(text, LineEnd(text, NodeEnd.Of(text, block.List.Children[^1])), "\n" + Block(all, Indent(text, block.List.Children[0])).TrimEnd('\n')),
        };
        return Verified(layout.Value, changed, file, name);
    }

    public static Checked<string> Edit(string text, string file, string name, IReadOnlyList<AgentEdit> fields)
    {
        var layout = AgentsLayout.Read(text, file);
        if (!layout.IsOk)
            return layout.Refusal;
        if (layout.Value.Find(name) is not { } agent)
            return ErrorCatalog.AgentNotInFile.Refuse($"{file} has no agent {VisibleText.Of(name)}");
        foreach (var edit in fields)
        {
            // Places move with every change: the text is laid out again for each.
            var now = AgentsLayout.Read(text, file);
            if (!now.IsOk || now.Value.Find(name) is not { } item)
                return ErrorCatalog.EditByHand.Refuse($"{file}, line {agent.Start.Line}: the agent is not where it was");
            text = Set(text, item, edit);
        }

        return Verified(layout.Value, text, file, name);
    }

    public static Checked<string> Remove(string text, string file, string name)
    {
        var layout = AgentsLayout.Read(text, file);
        if (!layout.IsOk)
            return layout.Refusal;
        if (layout.Value.Find(name) is not { } agent)
            return ErrorCatalog.AgentNotInFile.Refuse($"{file} has no agent {VisibleText.Of(name)}");
        var list = layout.Value.List!;
        string changed;
        if (list.Children.Count == 1)
            changed = Replace(text, list.Style == SequenceStyle.Flow ? list.Start.Index : LineStart(text, agent.Start.Index), list.Style == SequenceStyle.Flow ? NodeEnd.Of(text, list) : LineEnd(text, NodeEnd.Of(text, agent)), list.Style == SequenceStyle.Flow ? "[]" : "  []");
        else if (list.Style == SequenceStyle.Flow)
            changed = Cut(text, list, agent);
        else
            changed = Replace(text, LineStart(text, agent.Start.Index), Math.Min(text.Length, LineEnd(text, NodeEnd.Of(text, agent)) + 1), "");
        return Verified(layout.Value, changed, file, name);
    }

    private static string Set(string text, YamlMappingNode agent, AgentEdit edit)
    {
        var value = agent.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode key && key.Value == edit.Field).Value;
        if (value is not null)
        {
            var old = text[(int)value.Start.Index..NodeEnd.Of(text, value)];
            return Replace(text, value.Start.Index, NodeEnd.Of(text, value), (old.Length == 0 ? " " : "") + edit.Written);
        }

        var (key, name) = agent.Children.First(entry => entry.Key is YamlScalarNode { Value: "name" });
        return agent.Style == MappingStyle.Flow
            ? Insert(text, NodeEnd.Of(text, name), ", " + Line(edit))
            : Insert(text, LineEnd(text, NodeEnd.Of(text, name)), "\n" + new string(' ', (int)key.Start.Column - 1) + Line(edit));
    }

    /// <summary>The text as it will be, when it can be read and every other agent is the same as before.</summary>
    private static Checked<string> Verified(AgentsLayout before, string changed, string file, string name)
    {
        var after = AgentsLayout.Read(changed, file);
        if (!after.IsOk || !before.Others(name).SequenceEqual(after.Value.Others(name), StringComparer.Ordinal))
            return ErrorCatalog.EditByHand.Refuse($"{file} cannot be changed at {VisibleText.Of(name)} without touching more");
        var checkedFile = AgentsFile.Parse(changed, file);
        return checkedFile.IsOk ? changed : checkedFile.Refusal;
    }

    private static string Cut(string text, YamlSequenceNode list, YamlNode agent)
    {
        var at = list.Children.IndexOf(agent);
        return at > 0
            ? Replace(text, NodeEnd.Of(text, list.Children[at - 1]), NodeEnd.Of(text, agent), "")
            : Replace(text, agent.Start.Index, list.Children[1].Start.Index, "");
    }

    private static string Block(IEnumerable<AgentEdit> fields, string indent) =>
        string.Concat(fields.Select((field, index) => $"{indent}{(index == 0 ? "- " : "  ")}{Line(field)}\n"));

    private static string Line(AgentEdit edit) => $"{edit.Field}: {edit.Written}";

    /// <summary>The blanks before an item's dash.</summary>
    private static string Indent(string text, YamlNode item)
    {
        var start = LineStart(text, item.Start.Index);
        return text[start..text.IndexOf('-', start)];
    }

    private static int LineStart(string text, long from) => from == 0 ? 0 : text.LastIndexOf('\n', (int)from - 1) + 1;

    private static int LineEnd(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }

    private static string Ended(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static string Insert(string text, long at, string what) => text.Insert((int)at, what);

    private static string Replace(string text, long from, long to, string what) => string.Concat(text.AsSpan(0, (int)from), what, text.AsSpan((int)to));
}
