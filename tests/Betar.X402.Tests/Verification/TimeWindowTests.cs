using Betar.Ethereum;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

/// <summary>The window against an oracle in plain integers, for all sorts of clocks and windows.</summary>
public sealed class TimeWindowTests : IDisposable
{
    private const int Seed = 60;

    private readonly PaymentFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Random_windows_agree_with_plain_arithmetic()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var after = _fixture.Now + random.Next(-20, 20);
            var before = _fixture.Now + random.Next(-20, 120);
            var timeout = random.Next(1, 90);
            var now = _fixture.Time.GetUtcNow() + TimeSpan.FromMilliseconds(random.Next(0, 999));
            _fixture.Offer = _fixture.Offer with { MaxTimeout = TimeSpan.FromSeconds(timeout) };
            var reason = Check(after, before, now);
            var expected = before < _fixture.Now + 6 ? VerificationReasons.ValidBefore
                : after > _fixture.Now ? VerificationReasons.ValidAfter
                : before > _fixture.Now + timeout + 15 ? VerificationReasons.WindowTooLong
                : null;
            Assert.True(expected == reason, $"seed {Seed}, round {round}: {after} {before} {timeout} gave {reason}");
        }
    }

    [Fact]
    public void The_margin_and_the_tolerance_are_options()
    {
        using var strict = new PaymentFixture(new VerificationOptions { ExpiryMargin = TimeSpan.FromSeconds(30), WindowTolerance = TimeSpan.Zero });
        strict.AssertRefused(VerificationReasons.ValidBefore, strict.Payment(a => a with { ValidBefore = (strict.Now + 29).ToString(null, null) }));
        strict.AssertAccepted(strict.Payment(a => a with { ValidBefore = (strict.Now + 30).ToString(null, null) }));
        strict.AssertAccepted(strict.Payment(a => a with { ValidBefore = (strict.Now + 60).ToString(null, null) }));
        strict.AssertRefused(VerificationReasons.WindowTooLong, strict.Payment(a => a with { ValidBefore = (strict.Now + 61).ToString(null, null) }));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void A_window_that_was_always_open_is_fine(string validAfter) =>
        _fixture.AssertAccepted(_fixture.Payment(a => a with { ValidAfter = validAfter }));

    [Fact]
    public void Ends_beyond_64_bits_can_be_checked_but_not_settled()
    {
        var payment = _fixture.Payment(a => a with { ValidBefore = UInt256.MaxValue.ToString() });
        _fixture.Verifier.CheckSyntaxAndCheapFields(payment, _fixture.Offer, _fixture.Binding, out var read);
        Assert.True(_fixture.Verifier.CheckSignature(read!).IsAccepted);
        Assert.Throws<OverflowException>(read!.ToTransferAuthorization);
    }

    private VerificationReason? Check(long after, long before, DateTimeOffset now)
    {
        var payment = _fixture.Payment(a => a with { ValidAfter = after.ToString(null, null), ValidBefore = before.ToString(null, null) });
        _fixture.Verifier.CheckSyntaxAndCheapFields(payment, _fixture.Offer, _fixture.Binding, out var read);
        return _fixture.Verifier.CheckTimeWindow(read!, _fixture.Offer, now).Reason;
    }
}
