using System.Security.Cryptography;

namespace Betar.X402.Extensions.SignInWithX;

/// <summary>Nonces of this process, at most so many: the one that ends first goes first.</summary>
public sealed class MemorySignInNonces : ISignInNonces
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _open = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _ends = new();
    private readonly TimeProvider _time;
    private readonly int _most;

    /// <param name="most">Nonces that wait for their sign-in at once. At least 1; default 100,000.</param>
    public MemorySignInNonces(TimeProvider time, int most = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        (_time, _most) = (time, most);
    }

    public Task<string> IssueAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_gate)
        {
            _open.Add(nonce, until);
            _ends.Enqueue(nonce, until);
            while (_ends.Count > _most)
            {
                _open.Remove(_ends.Dequeue());
            }
        }

        return Task.FromResult(nonce);
    }

    public Task<bool> TryUseAsync(string nonce, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            while (_ends.TryPeek(out var over, out var end) && end <= now)
            {
                _ends.Dequeue();
                _open.Remove(over);
            }

            return Task.FromResult(_open.Remove(nonce));
        }
    }
}
