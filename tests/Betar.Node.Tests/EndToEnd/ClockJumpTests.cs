using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Demo;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.EndToEnd;

/// <summary>A whole node whose clock is set while a buyer is about to pay: nothing is taken for what it then thinks is over, or has not begun, and the first answer says so.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_clock_that_jumps_takes_no_money_and_the_payment_is_good_when_it_is_right_again(int days)
    {
        using var temp = new TempFolder();
        temp.Data.Prepare().OrThrow();
        var time = new SetClock();
        var context = new NodeContext(time, NullLoggerFactory.Instance, _ => null);
        await using var buyer = new CrashBuyer();
        await using ChainLink chain = (await ChainOpener.OpenAsync(temp.Data, NetworksFile.Find(temp.Data, ChainOpener.Devnet).OrThrow(), context, default)).OrThrow();
        try
        {
            await using DemoWebhook webhook = await DemoWebhook.StartAsync(default);
            await File.WriteAllTextAsync(DemoAgents.FileOf(temp.Data), DemoAgents.Declare(webhook.Url));
            await using (var seller = new DemoSeller(temp.Data, chain, context))
            {
                await seller.StartAsync(default);
                await chain.FillAsync(buyer.Address, 1_000_000, default);
                AgentSpec math = seller.Node.Offers.All.Single(spec => spec.Name == DemoAgents.Math);
                await buyer.PrepareAsync(
                    seller.Address.ToString(), JsonSerializer.SerializeToElement(new { id = math.AgentId, priceAtomic = math.PriceAtomic, payTo = math.PayTo }), "6 * 7");

                time.Set(TimeSpan.FromDays(days));
                Assert.NotEmpty(Assert.IsType<X402Error>(await buyer.PayAsync(seller.Address.ToString()), exactMatch: false).Message);
                Assert.Equal(0, (await seller.Node.Ledger.TotalsAsync(default)).Entries);

                time.Set(TimeSpan.Zero);
                Assert.Equal("42", OutputBody.Decode(Assert.IsType<X402Response>(await buyer.PayToTheEndAsync(seller.Address.ToString())).Body.Span));
                LedgerTotals totals = await seller.Node.Ledger.TotalsAsync(default);
                Assert.Equal((true, "2500"), (totals.Conserved, totals.Delivered.ToString()));
            }
        }
        finally
        {
            await chain.StopAsync();
        }
    }
}
