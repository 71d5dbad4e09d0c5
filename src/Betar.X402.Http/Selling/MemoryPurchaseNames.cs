using Betar.Ethereum;
using Betar.X402.Selling;

namespace Betar.X402.Http.Selling;

/// <summary>Names of this process, for a day each; when it is full, new names are refused and old ones kept.</summary>
public sealed class MemoryPurchaseNames(TimeProvider time, int capacity = MemoryPurchaseNames.DefaultCapacity) : IPurchaseNames
{
    public const int DefaultCapacity = 100_000;

    private static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<(Address, string), PaymentKey> _names = [];
    private readonly Queue<((Address, string) Name, DateTimeOffset End)> _ends = new();

    public Task<bool> TryBindAsync(Address payer, string name, PaymentKey payment, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            while (_ends.TryPeek(out var oldest) && oldest.End <= now)
            {
                _names.Remove(_ends.Dequeue().Name);
            }

            if (_names.TryGetValue((payer, name), out var bound))
            {
                return Task.FromResult(bound == payment);
            }

            if (_names.Count >= capacity)
            {
                return Task.FromResult(false);
            }

            _names.Add((payer, name), payment);
            _ends.Enqueue(((payer, name), now + Keep));
            return Task.FromResult(true);
        }
    }
}
