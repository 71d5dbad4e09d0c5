using Betar.Agents.Secrets;
using Betar.Node.Configuration.Models;
using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Settings;

/// <summary>The agent that the original's options declare: an llm one, by the node's models.</summary>
internal sealed record FlaggedAgent(string Name, string? Description, string? Price)
{
    public Checked<AgentDeclaration> Read(ModelDefaults models, ISecretSource secrets)
    {
        var faults = new FaultList();
        var map = new YamlMappingNode { { "name", Name } };
        if (Description is not null)
            map.Add("description", Description);
        if (Price is not null)
            map.Add("price", Price);
        var agent = AgentReader.Read(map, new FleetReading(models, secrets), faults);
        return faults.Any || agent is null ? faults.ToRefusal("the options --name, --description and --price") : agent;
    }
}
