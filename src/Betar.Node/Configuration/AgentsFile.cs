using Betar.Agents.Secrets;
using Betar.Node.Configuration.Models;
using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads <c>agents.yaml</c>: everything of the original, and our fields; all faults at once.</summary>
public static class AgentsFile
{
    internal static readonly string[] TopFields = ["agents", "facilitator"];

    /// <summary>The file named by the operator; it must be there.</summary>
    public static Checked<FleetDeclaration> Load(string path) => Load(path, null, null);

    /// <summary>The folder's own file; without it there are no agents, as in the original.</summary>
    public static Checked<FleetDeclaration> LoadOptional(string path) =>
        File.Exists(path) ? Load(path) : Checked.Of(FleetDeclaration.Nobody);

    /// <param name="text">The YAML.</param>
    /// <param name="name">How faults name the file.</param>
    public static Checked<FleetDeclaration> Parse(string text, string name) => Parse(text, name, null, null);

    /// <summary>For a node that is about to run the agents: their models, keys and secrets must be there too.</summary>
    internal static Checked<FleetDeclaration> Load(string path, ModelDefaults? llm, ISecretSource? secrets) => File.Exists(path)
        ? Read(YamlFile.Read(path), path, new FleetReading(llm, secrets))
        : ErrorCatalog.ConfigurationMissing.Refuse($"The file {path} is not there");

    internal static Checked<FleetDeclaration> Parse(string text, string name, ModelDefaults? llm, ISecretSource? secrets) =>
        Read(YamlFile.Parse(text, name), name, new FleetReading(llm, secrets));

    private static Checked<FleetDeclaration> Read(Checked<YamlNode?> document, string name, FleetReading reading)
    {
        if (!document.IsOk)
            return document.Refusal;
        if (document.Value is null || YamlMap.IsNull(document.Value))
            return Checked.Of(FleetDeclaration.Nobody);

        var faults = new FaultList();
        var agents = new List<AgentDeclaration>();
        var top = YamlMap.From(document.Value, "the file", TopFields, faults);
        if (top?.Node("agents") is { } list && !YamlMap.IsNull(list))
            ReadAgents(list, agents, reading, faults);
        var facilitator = top is null ? null : ReadFacilitator(top, faults);
        return faults.Any ? faults.ToRefusal(name) : Checked.Of(new FleetDeclaration(agents, facilitator) { ClearSecrets = reading.Clear, Warnings = reading.Warnings });
    }

    private static Uri? ReadFacilitator(YamlMap top, FaultList faults)
    {
        if (top.Text("facilitator") is not { } text)
            return null;
        if (FacilitatorAddress.TryParse(text, out var address))
            return address;
        faults.Add(top.Node("facilitator")!, $"facilitator is the address of one: {FacilitatorAddress.Advice}");
        return null;
    }

    private static void ReadAgents(YamlNode node, List<AgentDeclaration> agents, FleetReading reading, FaultList faults)
    {
        if (node is not YamlSequenceNode list)
        {
            faults.Add(node, "agents is a list; begin each agent with a dash");
            return;
        }

        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            var agent = AgentReader.Read(item, reading, faults);
            if (agent is null)
                continue;
            if (names.TryAdd(agent.Name, item.Start.Line))
                agents.Add(agent);
            else
                faults.Add(item, $"the name \"{agent.Name}\" is taken by the agent of line {names[agent.Name]}");
        }
    }
}
