using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Editing;

/// <summary>Where the agents stand in the text of a file.</summary>
internal sealed class AgentsLayout
{
    /// <summary>Null when the file has nothing but comments.</summary>
    public YamlMappingNode? Top { get; private init; }

    /// <summary>Null when there is none yet.</summary>
    public YamlSequenceNode? List { get; private init; }

    /// <summary>Where an empty <c>agents:</c> takes its list; null when there is no such key.</summary>
    public long? Place { get; private init; }

    public IReadOnlyList<(string Name, YamlMappingNode Node)> Agents { get; private init; } = [];

    public static Checked<AgentsLayout> Read(string text, string file)
    {
        var document = YamlFile.Parse(text, file);
        if (!document.IsOk)
            return document.Refusal;
        if (document.Value is null || YamlMap.IsNull(document.Value))
            return new AgentsLayout();
        if (document.Value is not YamlMappingNode top)
            return ErrorCatalog.EditByHand.Refuse($"{file} is not a list of \"name: value\" lines");
        var entry = top.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: "agents" });
        if (entry.Value is null)
            return new AgentsLayout { Top = top };
        if (YamlMap.IsNull(entry.Value))
            return entry.Value is YamlScalarNode { Value: null or "" } ? new AgentsLayout { Top = top, Place = entry.Key.End.Index + 1 } : ByHand(file, entry.Value);
        if (entry.Value is not YamlSequenceNode list || list.Any(item => item is not YamlMappingNode map || NameOf(map) is null))
            return ByHand(file, entry.Value);
        return new AgentsLayout { Top = top, List = list, Agents = [.. list.Cast<YamlMappingNode>().Select(map => (NameOf(map)!, map))] };
    }

    public YamlMappingNode? Find(string name) => Agents.FirstOrDefault(agent => agent.Name == name).Node;

    /// <summary>Every agent but this one, as JSON.</summary>
    public IEnumerable<string> Others(string name) => Agents.Where(agent => agent.Name != name).Select(agent => YamlJson.Of(agent.Node, new FaultList()) ?? "");

    private static string? NameOf(YamlMappingNode map) =>
        map.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode { Value: "name" }).Value is YamlScalarNode { Value.Length: > 0 } name ? name.Value : null;

    private static CliRefusal ByHand(string file, YamlNode node) => ErrorCatalog.EditByHand.Refuse($"{file}, line {node.Start.Line}: agents is not a list of agents with names");
}
