using Betar.Contracts.Tests.Support;

namespace Betar.Contracts.Tests.Random;

/// <summary>One escrow, as the plain model has it.</summary>
internal sealed class ModelEscrow(Terms terms)
{
    internal Terms Terms { get; } = terms;

    internal EscrowState State { get; set; }

    internal bool Receipted { get; set; }

    internal ulong Until { get; set; }

    internal ulong Amount => (ulong)Terms.Amount;

    internal bool IsHeld => State is EscrowState.Open or EscrowState.Delivered or EscrowState.Disputed;
}
