using System.Diagnostics.CodeAnalysis;
using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Grains.Buying;

/// <summary>What the seller said, or why nothing was heard.</summary>
public readonly record struct SellerAnswer(X402Reply? Reply, string Fault)
{
    /// <summary>The seller's pieces broke their rules: it is asked without any the next time.</summary>
    public bool BrokePieces { get; init; }

    [MemberNotNullWhen(true, nameof(Reply))]
    public bool IsHeard => Reply is not null;
}
