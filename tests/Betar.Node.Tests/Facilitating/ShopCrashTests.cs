using System.Net;
using Betar.Node.Tests.Cli.Paying;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.PaidRequests;
using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary>A web seller on the devnet chain that dies, with its facilitator or without; its buyer asks again with the same payment.</summary>
public sealed class ShopCrashTests : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_paid_answer_comes_again_from_another_process_on_the_same_store()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        string payment = await PaymentAsync(user);
        await using Store store = await Store.OpenAsync(temp, "shop.db");
        await using PaidShop shop = await PaidShop.StartAsync(user.Facilitator, store: store.Requests);
        (HttpStatusCode, string, string) first = await BuyAsync(shop, payment);

        await using Store after = await store.CrashAsync(temp);
        await using PaidShop again = await PaidShop.StartAsync(user.Facilitator, store: after.Requests);

        Assert.Equal((HttpStatusCode.OK, "a joke, number 1"), (first.Item1, first.Item2));
        Assert.Equal(first, await BuyAsync(again, payment));
        Assert.Equal((0, FacilitatorUser.Price), (again.Served, await user.BalanceAsync(temp, FacilitatorUser.Seller)));
        await user.StopAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_settled_when_the_shop_died_is_answered_without_working_again(bool facilitatorDiesToo)
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        string payment = await PaymentAsync(user);
        await using Store store = await Store.OpenAsync(temp, "shop.db");
        var dying = new DiesAfterSettling(user.Facilitator);
        await using PaidShop shop = await PaidShop.StartAsync(dying, store: store.Requests);
        Task<(HttpStatusCode, string, string)> lost = BuyAsync(shop, payment);
        await dying.Settled.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await using Store after = await store.CrashAsync(temp);
        if (facilitatorDiesToo)
            await user.KillAndRestartAsync(temp);
        await using PaidShop again = await PaidShop.StartAsync(user.Facilitator, store: after.Requests);
        (HttpStatusCode status, string body, _) = await BuyAsync(again, payment);

        Assert.Equal((HttpStatusCode.OK, "a joke, number 1"), (status, body));
        Assert.Equal((1, 0, FacilitatorUser.Price), (shop.Served, again.Served, await user.BalanceAsync(temp, FacilitatorUser.Seller)));
        dying.Death.SetException(new IOException("The shop is dead."));
        Assert.Equal(HttpStatusCode.InternalServerError, (await lost).Item1);
        await user.StopAsync();
    }

    private static async Task<string> PaymentAsync(FacilitatorUser user) => PaymentHeaders.Encode(WireCodec.Write((await user.CallAsync()).Payment));

    private async Task<(HttpStatusCode Status, string Body, string Settlement)> BuyAsync(PaidShop shop, string payment)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, shop.Joke);
        request.Headers.Add(PaymentHeaders.Signature, payment);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(),
            answer.Headers.TryGetValues(PaymentHeaders.Response, out IEnumerable<string>? values) ? values.Single() : "");
    }

    private sealed class DiesAfterSettling(IFacilitator inner) : IFacilitator
    {
        public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Death { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) => inner.VerifyAsync(call, cancellationToken);

        public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
        {
            SettleResponse response = await inner.SettleAsync(call, attempt, cancellationToken);
            Assert.True(response.Success, response.ErrorReason);
            Settled.SetResult();
            await Death.Task;
            return response;
        }

        public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => inner.SupportedAsync(cancellationToken);
    }

    /// <summary>A shop's own database, and what a process that dies leaves of it.</summary>
    private sealed class Store(string path, BetarDatabase database, DurablePaidRequestStore requests) : IAsyncDisposable
    {
        public DurablePaidRequestStore Requests { get; } = requests;

        public static async Task<Store> OpenAsync(TempFolder temp, string name)
        {
            string path = Path.Combine(temp.Path, name);
            BetarDatabase database = BetarDatabase.Open(path);
            return new Store(path, database, await DurablePaidRequestStore.OpenAsync(database, new PaidRequestOptions(), TimeProvider.System, default));
        }

        public Task<Store> CrashAsync(TempFolder temp)
        {
            foreach (string end in new[] { "", "-wal" })
                File.Copy(path + end, Path.Combine(temp.Path, "after.db" + end));
            return OpenAsync(temp, "after.db");
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }
}
