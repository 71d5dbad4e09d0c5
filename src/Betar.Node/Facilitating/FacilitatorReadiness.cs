using Betar.Ethereum;

namespace Betar.Node.Facilitating;

/// <summary>Whether payments can be settled now. Asked of the chain once a second at most, however many ask.</summary>
internal sealed class FacilitatorReadiness(IChainClient chain, Task storeStopped, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_goodFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<bool> _answers = Task.FromResult(false);
    private DateTimeOffset _askAgain;

    /// <summary>A word for what is missing; null when nothing is.</summary>
    public async ValueTask<string?> MissingAsync(CancellationToken cancellationToken)
    {
        if (storeStopped.IsCompleted)
            return "store";
        Task<bool> answers;
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (_answers.IsCompleted && _askAgain <= now)
                (_answers, _askAgain) = (AnswersAsync(), now + s_goodFor);
            answers = _answers;
        }

        return await answers.WaitAsync(cancellationToken) ? null : "chain";
    }

    private async Task<bool> AnswersAsync()
    {
        using var patience = new CancellationTokenSource(s_patience, time);
        try
        {
            await chain.GetBlockNumberAsync(patience.Token);
            return true;
        }
        catch (Exception silence) when (silence is ChainUnavailableException or OperationCanceledException)
        {
            return false;
        }
    }
}
