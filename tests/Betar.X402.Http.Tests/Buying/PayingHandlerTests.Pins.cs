using Betar.Ethereum;
using Betar.X402.Http.Buying;

namespace Betar.X402.Http.Tests.Buying;

/// <summary>Who is kept as a server's payee, and when.</summary>
public sealed partial class PayingHandlerTests
{
    [Fact]
    public async Task A_payee_for_whom_nothing_was_signed_is_not_kept()
    {
        var pins = new Pins();
        using var buyer = _bench.NewBuyer(pins: pins);
        _hostile = context => DemandAsync(context, "domain");
        using var unsigned = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"), "one");
        Assert.Equal(0, pins.Kept);

        using var bought = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "two");

        Assert.Equal(1, pins.Kept);
    }

    [Fact]
    public async Task Where_another_payee_was_kept_meanwhile_what_was_signed_does_not_leave()
    {
        var guard = new Guard();
        using var buyer = _bench.NewBuyer(guard: guard, pins: new Pins { IsLate = true });

        using var refused = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "one");

        Assert.Null(Assert.Single(buyer.Payments));
        Assert.Equal(["reserve one 50000", "release one 50000"], guard.Calls);
    }

    private sealed class Pins : IPayeePins
    {
        internal int Kept { get; private set; }

        internal bool IsLate { get; init; }

        public ValueTask<bool> AllowsAsync(string origin, Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask<bool> TryPinAsync(string origin, Address payee, CancellationToken cancellationToken)
        {
            Kept++;
            return ValueTask.FromResult(!IsLate);
        }
    }
}
