using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Agents;

/// <summary>["fleet"] Drives each declared agent to the declared state; one stored row per agent.</summary>
[Alias("betar.IFleetGrain")]
public interface IFleetGrain : IGrainWithStringKey
{
    public const string Key = "fleet";

    [Alias("Declare")]
    Task<Outcome<AgentSpec>> Declare(AgentSpec spec);

    [Alias("Retire")]
    Task<bool> Retire(string agentId);

    [Alias("List")]
    Task<List<AgentSpec>> List();
}
