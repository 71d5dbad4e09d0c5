using System.Net;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary><c>betar facilitator up</c> as sellers elsewhere meet it.</summary>
public sealed class FacilitatorUpTests
{
    private const string Used = "invalid_exact_evm_nonce_already_used";

    [Fact]
    public async Task A_payment_is_verified_settled_once_and_known_after_a_restart()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        FacilitatorCall call = await user.CallAsync();

        VerifyResponse verified = await user.Facilitator.VerifyAsync(call, default);
        Assert.Equal((true, user.Payer.ToString()), (verified.IsValid, verified.Payer));
        SettleResponse settled = await user.Facilitator.SettleAsync(call, "mine", default);
        Assert.True(settled.Success, settled.ErrorReason);
        Assert.Matches("^0x[0-9a-f]{64}$", settled.Transaction);
        Assert.Equal(settled.Transaction, (await user.Facilitator.SettleAsync(call, "mine", default)).Transaction);

        await user.RestartAsync(temp);
        SettleResponse replayed = await user.Facilitator.SettleAsync(call, "theirs", default);
        Assert.Equal((false, Used, settled.Transaction), (replayed.Success, replayed.ErrorReason, replayed.Transaction));
        SettleResponse repeated = await user.Facilitator.SettleAsync(call, "mine", default);
        Assert.Equal(WireCodec.Write(settled), WireCodec.Write(repeated));
        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
        await user.StopAsync();
    }

    [Fact]
    public async Task Of_thirty_two_settlements_of_one_payment_at_once_one_succeeds_and_other_payments_are_not_held_up()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--settlers", "3");
        await user.FundAsync(temp, 100 * FacilitatorUser.Price);
        Assert.Equal(3, user.Start.GetProperty("signers").EnumerateArray().Select(signer => signer.GetString()).Distinct().Count());
        FacilitatorCall one = await user.CallAsync();
        FacilitatorCall[] others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => user.CallAsync()));

        Task<SettleResponse[]> same = Task.WhenAll(Enumerable.Range(0, 32).Select(_ => user.Facilitator.SettleAsync(one, null, default)));
        SettleResponse[] each = await Task.WhenAll(others.Select(call => user.Facilitator.SettleAsync(call, null, default)));

        Assert.All(each, response => Assert.True(response.Success, response.ErrorReason));
        Assert.Single(await same, response => response.Success);
        Assert.Equal(21 * FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
    }

    [Fact]
    public async Task A_seller_that_is_not_on_the_list_gets_nothing_settled()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--allow-payee", "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
        await user.FundAsync(temp, FacilitatorUser.Price);
        SettleResponse refused = await user.Facilitator.SettleAsync(await user.CallAsync(), null, default);

        Assert.False(refused.Success);
        Assert.Equal(0ul, await user.BalanceAsync(temp, FacilitatorUser.Seller));
    }

    [Fact]
    public async Task Who_asks_too_often_is_turned_away_and_told_when_to_come_back()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--per-minute", "2");
        using var http = new HttpClient();

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await AskAsync(), await AskAsync()]);
        using HttpResponseMessage refused = await http.GetAsync(new Uri(user.Url, "supported"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 61);

        async Task<HttpStatusCode> AskAsync()
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(user.Url, "supported"));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task One_folder_has_one_keeper_of_its_accounts()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        (await NodeProgram.RunAsync("facilitator", "up", "--data", temp.Path)).AssertRefused("BTR-2002", 1);
        (await NodeProgram.RunAsync("up", "--data", temp.Path)).AssertRefused("BTR-2002", 1);
        Assert.NotNull(DevnetInfo.Read(temp.Data));
    }

    [Theory]
    [InlineData("BTR-1003", "--http", "nowhere")]
    [InlineData("BTR-1003", "--settlers", "0")]
    [InlineData("BTR-1003", "--batch", "0")]
    [InlineData("BTR-1003", "--batch", "65")]
    [InlineData("BTR-1003", "--settlers", "17")]
    [InlineData("BTR-1003", "--per-minute", "0")]
    [InlineData("BTR-1003", "--payer-per-minute", "0")]
    [InlineData("BTR-1003", "--max-settles", "0")]
    [InlineData("BTR-1003", "--max-body", "4095")]
    [InlineData("BTR-1003", "--drain", "601")]
    [InlineData("BTR-1015", "--allow-payee", "0x12")]
    [InlineData("BTR-1016", "--network", "mainnet")]
    public async Task What_cannot_be_is_refused(string code, string option, string value)
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("facilitator", "up", "--data", temp.Path, option, value)).AssertRefused(code, 2);
    }
}
