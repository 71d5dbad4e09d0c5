namespace Orleans.Runtime;

public static partial class RequestContext
{
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _current = newReentrancyId;
            if (newReentrancyId != Guid.Empty)
                Grain?.OnEnterReentrantSection(newReentrancyId);
            ReentrancyId = newReentrancyId;
        }

        public void Dispose()
        {
            if (_current != Guid.Empty)
                Grain?.OnExitReentrantSection(_current);
            ReentrancyId = _original;
        }
    }
}
