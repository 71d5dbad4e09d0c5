using Betar.Mutants.Building;

namespace Betar.Mutants.Tests.Making;

/// <summary>What is made of the product as it is.</summary>
public sealed class MutantsTests
{
    private static readonly Mutants.Making.Mutants All = Mutants.Making.Mutants.Of(Repository.Root);

    [Fact]
    public void The_protocol_and_the_payment_grains_are_changed_and_nothing_else()
    {
        var folders = All.ByNumber.Values.Select(mutant => string.Join('/', mutant.File.Split('/').Take(mutant.File.Contains("X402", StringComparison.Ordinal) ? 2 : 3))).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["src/Betar.Grains/Buying", "src/Betar.Grains/Payments", "src/Betar.Grains/Selling", "src/Betar.Grains/Settlement", "src/Betar.X402"], folders);
    }

    [Fact]
    public void Every_kind_is_made() => Assert.Equal(
        ["arithmetic", "call", "comparison", "constant", "constant of a set", "literal", "logic", "null", "removed"],
        All.ByNumber.Values.Select(mutant => mutant.Kind).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_same_sources_give_the_same_numbers() => Assert.Equal(
        All.ByNumber.Values.Select(mutant => (mutant.Number, mutant.ToString(), mutant.Place)),
        Mutants.Making.Mutants.Of(Repository.Root).ByNumber.Values.Select(mutant => (mutant.Number, mutant.ToString(), mutant.Place)));

    [Fact]
    public void There_is_room_for_all_in_the_switch() => Assert.True(All.ByNumber.Count < MutantSwitch.MaxMutants);

    [Fact]
    public void The_product_itself_knows_no_switch() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)),
        file => File.ReadAllText(file).Contains(nameof(MutantSwitch), StringComparison.Ordinal));
}
