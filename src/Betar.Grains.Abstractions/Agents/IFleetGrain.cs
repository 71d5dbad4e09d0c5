using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Agents;

/// <summary>["fleet"] Drives each declared agent to the declared state; one stored row per agent.</summary>
[Alias("betar.IFleetGrain")]
public interface IFleetGrain : IGrainWithStringKey
{
    public const string Key = "fleet";

    [Alias("Declare")]
    Task<Outcome<AgentSpec>> Declare(AgentSpec spec);

    /// <summary>Several at once: all of them when every one is well formed, else none. Only what is new or has changed is written.</summary>
    /// <returns>How many were new or had changed.</returns>
    [Alias("DeclareAll")]
    Task<Outcome<int>> DeclareAll(List<AgentSpec> specs);

    [Alias("Retire")]
    Task<bool> Retire(string agentId);

    [Alias("List")]
    Task<List<AgentSpec>> List();
}
