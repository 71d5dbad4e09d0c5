using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads <c>agents.yaml</c>: everything of the original, and our fields; all faults at once.</summary>
public static class AgentsFile
{
    private static readonly string[] TopFields = ["agents"];

    /// <summary>The file named by the operator; it must be there.</summary>
    public static Checked<IReadOnlyList<AgentDeclaration>> Load(string path) => File.Exists(path)
        ? Read(YamlFile.Read(path), path)
        : ErrorCatalog.ConfigurationMissing.Refuse($"The file {path} is not there");

    /// <summary>The folder's own file; without it there are no agents, as in the original.</summary>
    public static Checked<IReadOnlyList<AgentDeclaration>> LoadOptional(string path) =>
        File.Exists(path) ? Load(path) : Checked.Of<IReadOnlyList<AgentDeclaration>>([]);

    /// <param name="text">The YAML.</param>
    /// <param name="name">How faults name the file.</param>
    public static Checked<IReadOnlyList<AgentDeclaration>> Parse(string text, string name) => Read(YamlFile.Parse(text, name), name);

    private static Checked<IReadOnlyList<AgentDeclaration>> Read(Checked<YamlNode?> document, string name)
    {
        if (!document.IsOk)
            return document.Refusal;
        if (document.Value is null || YamlMap.IsNull(document.Value))
            return Checked.Of<IReadOnlyList<AgentDeclaration>>([]);

        var faults = new FaultList();
        var agents = new List<AgentDeclaration>();
        if (YamlMap.From(document.Value, "the file", TopFields, faults)?.Node("agents") is { } list && !YamlMap.IsNull(list))
            ReadAgents(list, agents, faults);
        return faults.Any ? faults.ToRefusal(name) : Checked.Of<IReadOnlyList<AgentDeclaration>>(agents);
    }

    private static void ReadAgents(YamlNode node, List<AgentDeclaration> agents, FaultList faults)
    {
        if (node is not YamlSequenceNode list)
        {
            faults.Add(node, "agents is a list; begin each agent with a dash");
            return;
        }

        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            var agent = AgentReader.Read(item, faults);
            if (agent is null)
                continue;
            if (names.TryAdd(agent.Name, item.Start.Line))
                agents.Add(agent);
            else
                faults.Add(item, $"the name \"{agent.Name}\" is taken by the agent of line {names[agent.Name]}");
        }
    }
}
