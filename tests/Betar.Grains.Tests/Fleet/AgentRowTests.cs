using System.Reflection;
using System.Text;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Fleet;

public sealed class AgentRowTests
{
    /// <summary>As the first version wrote it.</summary>
    private const string First =
        """{"agentId":"did:test:a","name":"a","description":"","priceAtomic":"1","payTo":"0x0000000000000000000000000000000000000001","executorKind":"builtin","executorTarget":"echo","mayRetry":true,"maxConcurrency":64,"maxQueue":1024,"retries":0}""";

    [Fact]
    public void What_an_older_row_does_not_say_has_its_default()
    {
        AgentSpec spec = AgentRow.Decode(Encoding.UTF8.GetBytes(First));

        Assert.Equal(("{}", 0, 0, "0", "0", "refund"), (spec.ExecutorConfig, spec.TimeoutSeconds, spec.MemoryTurns, spec.HirePerTaskAtomic, spec.HirePerDayAtomic, spec.RefundPolicy));
        Assert.Equal(0, spec.SummaryBytes);
        Assert.Empty(spec.Skills);
    }

    [Fact]
    public void A_row_is_the_same_however_often_it_is_written() =>
        Assert.Equal(AgentRow.Encode(Samples.Spec), AgentRow.Encode(AgentRow.Decode(AgentRow.Encode(Samples.Spec))));

    [Fact]
    public void Specs_are_equal_by_value_and_every_member_counts()
    {
        AgentSpec spec = Samples.Spec with { Skills = [new AgentSkill { SkillId = "s", Name = "n", Tags = ["t"] }] };
        Assert.Equal(spec, AgentRow.Decode(AgentRow.Encode(spec)));
        Assert.Equal(spec.GetHashCode(), AgentRow.Decode(AgentRow.Encode(spec)).GetHashCode());
        foreach (PropertyInfo member in typeof(AgentSpec).GetProperties().Where(member => member.CanWrite))
        {
            AgentSpec other = AgentRow.Decode(AgentRow.Encode(spec));
            member.SetValue(other, member.GetValue(spec) switch
            {
                string text => text + "x",
                int number => number + 1,
                bool flag => !flag,
                _ => new List<AgentSkill> { new() { SkillId = "s", Name = "n", Tags = ["other"] } },
            });
            Assert.True(spec != other, member.Name);
        }
    }
}
