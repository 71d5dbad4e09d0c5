using Xunit.Abstractions;

namespace Betar.Mutants.Running;

/// <summary>Hears what becomes of the tests and, when asked to, stops at the first red one.</summary>
internal sealed class TestSink(bool stopAtRed) : IMessageSink, IDisposable
{
    private readonly ManualResetEventSlim _done = new();

    public List<ITestCase> Cases { get; } = [];

    public string? Red { get; private set; }

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found:
                Cases.Add(found.TestCase);
                break;
            case ITestFailed failed:
                Red ??= failed.Test.DisplayName;
                break;
            case IErrorMessage error:
                Red ??= string.Join(' ', error.Messages);
                break;
            case ITestClassCleanupFailure or ITestCollectionCleanupFailure or ITestCleanupFailure or ITestAssemblyCleanupFailure:
                Red ??= "what a test leaves behind";
                break;
            case ITestAssemblyFinished or IDiscoveryCompleteMessage:
                _done.Set();
                break;
        }

        return !(stopAtRed && Red is not null);
    }

    public void Wait() => _done.Wait();

    public void Dispose() => _done.Dispose();
}
