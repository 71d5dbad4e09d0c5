using System.Diagnostics.CodeAnalysis;
using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Grains.Buying;

/// <summary>What the seller said, or why nothing was heard.</summary>
public readonly record struct SellerAnswer(X402Reply? Reply, string Fault)
{
    [MemberNotNullWhen(true, nameof(Reply))]
    public bool IsHeard => Reply is not null;
}
