namespace Betar.Semantics.Tests.Cancellation;

[Collection("calls")]
public sealed class CancellationTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IPatientGrain Patient => Grains.GetGrain<IPatientGrain>(Key);

    [Fact]
    public async Task A_cancelled_token_reaches_the_grain_and_frees_the_caller()
    {
        using var source = new CancellationTokenSource();
        var call = Patient.Heed("call", source.Token);
        await Scene.Seen("call begins");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Scene.Seen("call heard it");
    }

    [Fact]
    public async Task A_cancelled_token_frees_the_caller_at_once_even_if_the_grain_ignores_it()
    {
        using var source = new CancellationTokenSource();
        var call = Patient.Ignore("call", source.Token);
        await Scene.Seen("call begins");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, Scene.Count("call ends"));
        Scene.Open("call");
        await Scene.Seen("call ends");
    }

    [Fact]
    public async Task A_grain_that_ignores_the_token_keeps_its_turn()
    {
        using var source = new CancellationTokenSource();
        var call = Patient.Ignore("call", source.Token);
        await Scene.Seen("call begins");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var next = Patient.Enter("next");
        Scene.Open("call");
        await next;
        Assert.Equal(["call begins", "call ends", "next entered"], Scene.Notes);
    }

    [Fact]
    public async Task A_request_cancelled_in_the_queue_never_runs()
    {
        var held = Patient.Ignore("held", CancellationToken.None);
        await Scene.Seen("held begins");
        using var source = new CancellationTokenSource();
        var queued = Patient.Enter("queued", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);

        // The cancellation is a message of its own; this read-back goes the same way after it.
        await Management.GetActivationAddress(Patient);
        Scene.Open("held");
        await held;
        await Patient.Enter("last");
        Assert.Equal(["held begins", "held ends", "last entered"], Scene.Notes);
    }

    [Fact]
    public async Task A_token_cancelled_before_the_call_keeps_the_method_from_being_entered()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patient.Enter("never", source.Token));
        await Patient.Enter("after");
        Assert.Equal(["after entered"], Scene.Notes);
    }

    [Fact]
    public async Task A_token_is_carried_through_a_chain_of_grains_across_silos()
    {
        var (here, there) = await OnTwoSilos<IPatientGrain>();
        using var source = new CancellationTokenSource();
        var call = here.Forward(there, "call", source.Token);
        await Scene.Seen("call begins");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Scene.Seen("call heard it");
    }

    [Fact]
    public async Task A_grain_can_cancel_its_own_call_on_its_silo_and_on_another()
    {
        var (here, there) = await OnTwoSilos<IPatientGrain>();
        Assert.Equal("cancelled", await here.CancelTheCallTo(there, "across"));
        await Scene.Seen("across heard it");
        var (one, other) = await OnOneSilo<IPatientGrain>();
        Assert.Equal("cancelled", await one.CancelTheCallTo(other, "near"));
        await Scene.Seen("near heard it");
    }

    [Fact]
    public async Task A_token_that_is_not_cancelled_changes_nothing()
    {
        using var source = new CancellationTokenSource();
        Assert.Equal("call", await Patient.Enter("call", source.Token));
        await source.CancelAsync();
        Assert.Equal("again", await Patient.Enter("again"));
    }

    [Fact]
    public async Task A_token_that_cannot_be_cancelled_is_still_a_token() =>
        Assert.Equal("call", await Patient.Enter("call", CancellationToken.None));
}
