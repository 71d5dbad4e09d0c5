using Betar.Contracts.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Contracts.Tests.Random;

/// <summary>Whatever anybody tries in whatever order: the vault holds what the open escrows say, and each has what the model says.</summary>
public sealed class SequenceTests(Anvil anvil) : ChainTest(anvil)
{
    private const int Steps = 40;

    private static readonly string[] Functions = ["deposit", "release", "refund", "showReceipt", "dispute", "resolve", "timeOut"];

    [Fact]
    public async Task Random_sequences_keep_everybodys_money()
    {
        var seen = await RunAsync(50);

        Assert.All(Enum.GetNames<EscrowState>(), state => Assert.Contains(state, seen));
        Assert.All(Functions, function => Assert.Contains(function + ": done", seen));
        Assert.All(
            new[] { "release: NotAllowed", "dispute: TooLate", "resolve: AmountTooLarge", "timeOut: TooEarly", "deposit: Error", "showReceipt: InvalidReceipt" },
            refusal => Assert.Contains(refusal, seen));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Many_random_sequences_keep_everybodys_money() => await RunAsync(1_000);

    private async Task<HashSet<string>> RunAsync(int sequences)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < sequences; i++)
        {
            await Anvil.ResetAsync();
            var sequence = new Sequence(Anvil, unchecked(TestSeed.Value + i));
            await sequence.RunAsync(Steps);
            seen.UnionWith(sequence.Seen);
        }

        TestNotes.Add($"contracts: {sequences} random sequences of {Steps} steps, seeds from {TestSeed.Value}");
        return seen;
    }
}
