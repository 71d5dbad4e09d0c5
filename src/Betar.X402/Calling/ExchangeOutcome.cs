using System.Diagnostics.CodeAnalysis;
using Betar.X402.Protocol;

namespace Betar.X402.Calling;

/// <summary>The seller's reply, or why there is none.</summary>
public readonly record struct ExchangeOutcome(X402Reply? Reply, ExchangeFailure Failure)
{
    [MemberNotNullWhen(true, nameof(Reply))]
    public bool HasReply => Reply is not null;
}
