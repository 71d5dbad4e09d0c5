using System.Text;
using Betar.Node.Configuration;

namespace Betar.Fuzz.Targets;

/// <summary>The operator's YAML: agents with names of their own, or one sentence that says what is wrong.</summary>
internal sealed class AgentsFileTarget : IFuzzTarget
{
    public string Name => "agents-file";

    public long MemoryBound(int length) => (1024 * 1024) + (16 * 1024L * length);

    public bool Take(byte[] input)
    {
        var read = AgentsFile.Parse(Encoding.UTF8.GetString(input), "agents.yaml");
        if (!read.IsOk)
        {
            FuzzException.Unless(!read.Refusal.Sentence.Contains('\n', StringComparison.Ordinal), "a refusal of more than one line");
            return false;
        }

        var agents = read.Value.Agents;
        FuzzException.Unless(agents.Select(agent => agent.Name).Distinct().Count() == agents.Count, "two agents of one name");
        FuzzException.Unless(agents.All(agent => agent.Name.Length > 0), "an agent without a name");
        FuzzException.Unless(read.Value.Facilitator is null or { Scheme: "https" } or { IsLoopback: true }, "a facilitator that others can listen to");
        return agents.Count > 0;
    }
}
