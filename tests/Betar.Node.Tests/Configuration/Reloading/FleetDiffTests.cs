using Betar.Grains.Abstractions.Agents;
using Betar.Node.Configuration.Reloading;

namespace Betar.Node.Tests.Configuration.Reloading;

public sealed class FleetDiffTests
{
    private static AgentSpec Spec(string name, string price = "1") => new()
    {
        AgentId = "did:" + name, Name = name, PriceAtomic = price, PayTo = "0x", ExecutorKind = "builtin", ExecutorTarget = "echo",
    };

    [Fact]
    public void What_is_new_changed_and_gone_is_told() => Assert.Equal(
        ["changed b", "added c", "removed a"],
        FleetDiff.Between([Spec("a"), Spec("b"), Spec("d")], [Spec("b", "2"), Spec("c"), Spec("d")]).Select(change => $"{change.Kind} {change.Name}"));

    [Fact]
    public void Only_fields_that_differ_are_told_with_both_values()
    {
        AgentSpec old = Spec("a"), fresh = old with { PriceAtomic = "2", MaxQueue = 7, Skills = [new AgentSkill { SkillId = "s", Name = "S" }] };
        FleetChange change = Assert.Single(FleetDiff.Between([old], [fresh]));

        Assert.Equal(["maxQueue", "priceAtomic", "skills"], change.Fields.Select(field => field.Field).Order(StringComparer.Ordinal));
        Assert.Contains(("priceAtomic", "1", "2"), change.Fields);
        Assert.Contains(("maxQueue", "1024", "7"), change.Fields);
    }

    [Fact]
    public void Equal_lists_are_no_change() => Assert.Empty(FleetDiff.Between(
        [Spec("a") with { Skills = [new AgentSkill { SkillId = "s", Name = "S" }] }], [Spec("a") with { Skills = [new AgentSkill { SkillId = "s", Name = "S" }] }]));
}
