namespace Betar.X402.Http.Buying;

/// <summary>For clients whose only limit is that of each request.</summary>
public sealed class NoSpendGuard : ISpendGuard
{
    private NoSpendGuard()
    {
    }

    public static NoSpendGuard Instance { get; } = new();

    public Task<bool> ReserveAsync(SpendRequest request, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task ReleaseAsync(SpendRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SpentAsync(SpendRequest request, CancellationToken cancellationToken) => Task.CompletedTask;
}
