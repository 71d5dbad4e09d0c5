using System.Security.Cryptography;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Betar.Agents.Limits;

/// <summary>Makes calls again that failed for now, and leaves a service alone that fails all the time.</summary>
internal sealed class CallGuard
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline _pipeline;

    /// <param name="jitter">A number from 0 to 1; null: a random one.</param>
    public CallGuard(int retries, int breakAfter, int breakSeconds, TimeProvider time, Func<double>? jitter = null)
    {
        jitter ??= () => RandomNumberGenerator.GetInt32(1_000_001) / 1_000_000d;
        PredicateBuilder<object> transient = new PredicateBuilder<object>().Handle<CallFailedException>(failure => failure.IsTransient);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (retries > 0)
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = transient,
                MaxRetryAttempts = retries,
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(WaitOf(arguments.AttemptNumber, arguments.Outcome.Exception, jitter())),
            });
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = transient,
            FailureRatio = 0.5,
            MinimumThroughput = breakAfter,
            SamplingDuration = s_window,
            BreakDuration = TimeSpan.FromSeconds(breakSeconds),
            StateProvider = _state,
        });
        _pipeline = builder.Build();
    }

    /// <summary>True while calls are not even tried.</summary>
    public bool IsResting => _state.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <exception cref="CallFailedException">The last try failed, or the service is left alone for now.</exception>
    public async ValueTask<T> RunAsync<T>(string code, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(call, cancellationToken);
        }
        catch (BrokenCircuitException broken)
        {
            throw new CallFailedException(code, "It has failed so often that it is left alone for a while.", isTransient: true, cause: broken);
        }
    }

    /// <summary>What the service asks for, else twice as long each time; half of it by chance, so that callers do not come together.</summary>
    internal static TimeSpan WaitOf(int attempt, Exception? failure, double jitter)
    {
        if (failure is CallFailedException { RetryAfter: { } asked })
            return asked < s_longestWait ? asked : s_longestWait;
        TimeSpan whole = s_firstWait * Math.Pow(2, Math.Min(attempt, 10));
        TimeSpan wait = whole * (0.5 + jitter / 2);
        return wait < s_longestWait ? wait : s_longestWait;
    }
}
