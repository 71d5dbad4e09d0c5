using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

/// <summary>Random sets of honest, lying and silent nodes: fewer liars than must agree never get a lie through.</summary>
public sealed class QuorumRandomTests
{
    [Fact]
    public async Task Fewer_liars_than_must_agree_never_get_a_lie_through()
    {
        var (truths, refusals) = (0, 0);
        for (var round = 0; round < 1_000; round++)
        {
            var random = new Random(TestSeed.Value + round);
            var count = random.Next(1, 8);
            var required = random.Next(1, count + 1);
            var liars = random.Next(0, required);
            var silent = random.Next(0, count - liars + 1);
            var nodes = new Nodes(count, new QuorumOptions { Required = required });
            var order = Enumerable.Range(0, count).OrderBy(_ => random.Next()).ToList();
            nodes.Each(node => node.Code[TestKeys.Usdc] = [1]);
            foreach (var at in order.Take(liars))
                nodes.All[at].Code[TestKeys.Usdc] = [2];
            foreach (var at in order.Skip(liars).Take(silent))
                nodes.All[at].Silent.Add("eth_getCode");
            var where = $"seed {TestSeed.Value}, round {round}: {required} of {count}, {liars} lie, {silent} are silent";
            try
            {
                var code = await nodes.Client.GetCodeAsync(TestKeys.Usdc, default);
                Assert.True(code is [1] && count - liars - silent >= required, where);
                truths++;
            }
            catch (ChainUnavailableException)
            {
                Assert.True(count - liars - silent < required, where);
                refusals++;
            }
        }

        Assert.True(truths > 200 && refusals > 200, $"{truths} truths, {refusals} refusals");
    }
}
