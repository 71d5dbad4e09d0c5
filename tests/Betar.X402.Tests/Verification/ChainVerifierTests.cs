using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

public sealed class ChainVerifierTests : IDisposable
{
    private readonly PaymentFixture _fixture = new();
    private readonly SignedPayment _payment;

    public ChainVerifierTests()
    {
        _fixture.Verifier.CheckSyntaxAndCheapFields(_fixture.Payment(), _fixture.Offer, _fixture.Binding, out var payment);
        _payment = payment!;
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public Task A_transfer_that_would_succeed() => AssertAsync(null, new Probe());

    [Fact]
    public Task Row_9_no_code_at_the_token() => AssertAsync(VerificationReasons.AssetNotDeployed, new Probe { Code = ProbeAnswer.Of(false) });

    [Fact]
    public Task Row_10_the_nonce_is_used() =>
        AssertAsync(VerificationReasons.NonceAlreadyUsed, new Probe { Simulation = Failed, Used = ProbeAnswer.Of(true) });

    [Fact]
    public Task Row_10_another_name() =>
        AssertAsync(VerificationReasons.TokenNameMismatch, new Probe { Simulation = Failed, Name = ProbeAnswer.Of("USD Coin") });

    [Fact]
    public Task Row_10_another_version() =>
        AssertAsync(VerificationReasons.TokenVersionMismatch, new Probe { Simulation = Failed, Version = ProbeAnswer.Of("1") });

    [Fact]
    public Task Row_10_too_little_money() =>
        AssertAsync(VerificationReasons.InsufficientBalance, new Probe { Simulation = Failed, Balance = ProbeAnswer.Of((AtomicAmount)999) });

    [Fact]
    public Task Row_10_no_eip_3009() =>
        AssertAsync(VerificationReasons.Eip3009NotSupported, new Probe { Simulation = Failed, Used = ProbeAnswer.Reverted<bool>() });

    [Fact]
    public Task Row_10_anything_else() => AssertAsync(VerificationReasons.SimulationFailed, new Probe { Simulation = Failed });

    [Fact]
    public Task Row_10_a_simulation_that_answers_no() => AssertAsync(VerificationReasons.SimulationFailed, new Probe { Simulation = ProbeAnswer.Of(false) });

    [Fact]
    public Task Exactly_enough_money_is_enough() =>
        AssertAsync(VerificationReasons.SimulationFailed, new Probe { Simulation = Failed, Balance = ProbeAnswer.Of((AtomicAmount)1000) });

    [Fact]
    public async Task A_chain_that_does_not_answer_is_not_a_wrong_payment()
    {
        await AssertAsync(VerificationReasons.ChainUnreachable, new Probe { Code = ProbeAnswer.Unreachable<bool>() });
        await AssertAsync(VerificationReasons.ChainUnreachable, new Probe { Simulation = ProbeAnswer.Unreachable<bool>() });
        await AssertAsync(VerificationReasons.ChainUnreachable, new Probe { Simulation = Failed, Used = ProbeAnswer.Unreachable<bool>() });
    }

    [Fact]
    public Task A_token_without_name_or_version_is_judged_by_the_rest() =>
        AssertAsync(
            VerificationReasons.InsufficientBalance,
            new Probe
            {
                Simulation = Failed, Name = ProbeAnswer.Reverted<string>(), Version = ProbeAnswer.Reverted<string>(), Balance = ProbeAnswer.Of(AtomicAmount.Zero),
            });

    private static ProbeAnswer<bool> Failed => ProbeAnswer.Reverted<bool>();

    private async Task AssertAsync(VerificationReason? reason, Probe probe) =>
        Assert.Equal(reason, (await new ChainVerifier(probe).CheckAsync(_payment, default)).Reason);

    private sealed class Probe : IChainProbe
    {
        internal ProbeAnswer<bool> Code { get; init; } = ProbeAnswer.Of(true);

        internal ProbeAnswer<bool> Simulation { get; init; } = ProbeAnswer.Of(true);

        internal ProbeAnswer<bool> Used { get; init; } = ProbeAnswer.Of(false);

        internal ProbeAnswer<string> Name { get; init; } = ProbeAnswer.Of("USDC");

        internal ProbeAnswer<string> Version { get; init; } = ProbeAnswer.Of("2");

        internal ProbeAnswer<AtomicAmount> Balance { get; init; } = ProbeAnswer.Of((AtomicAmount)1_000_000);

        public ValueTask<ProbeAnswer<bool>> HasCodeAsync(SignedPayment payment, CancellationToken cancellationToken) => new(Code);

        public ValueTask<ProbeAnswer<bool>> SimulateAsync(SignedPayment payment, CancellationToken cancellationToken) => new(Simulation);

        public ValueTask<ProbeAnswer<bool>> IsNonceUsedAsync(SignedPayment payment, CancellationToken cancellationToken) => new(Used);

        public ValueTask<ProbeAnswer<string>> TokenNameAsync(SignedPayment payment, CancellationToken cancellationToken) => new(Name);

        public ValueTask<ProbeAnswer<string>> TokenVersionAsync(SignedPayment payment, CancellationToken cancellationToken) => new(Version);

        public ValueTask<ProbeAnswer<AtomicAmount>> BalanceAsync(SignedPayment payment, CancellationToken cancellationToken) => new(Balance);
    }
}
