using Betar.Contracts.Tests.Support;

namespace Betar.Contracts.Tests.Random;

/// <summary>Somebody tries something with an escrow.</summary>
internal sealed record Step(string Function, int Escrow, Account By, ulong Amount, bool IsForged)
{
    public override string ToString() => $"{Function} of {Escrow} by {By.Address}, {Amount}{(IsForged ? ", forged" : "")}";
}
