namespace Betar.Ethereum;

/// <summary>What one node answered; without a key it is no answer.</summary>
/// <param name="Abandoned">Whoever asked does not want to know any more.</param>
internal readonly record struct QuorumVote<T>(EndpointCircuit Circuit, RpcOutcome<T> Outcome, string? Key, bool Abandoned);
