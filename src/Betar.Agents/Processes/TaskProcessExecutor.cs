using System.ComponentModel;
using System.Text;
using Betar.Agents.Limits;
using Betar.Agents.Secrets;
using Betar.Marketplace.Listings;
using Microsoft.Extensions.Logging;

namespace Betar.Agents.Processes;

/// <summary>Runs a program for each task: the task is its input, what it prints is the answer.</summary>
internal sealed partial class TaskProcessExecutor(ProcessSettings settings, ExecutorOptions options, ExecutorTools tools) : IExecutor
{
    private const int MaxErrorBytes = 4_096;

    private readonly ILogger _log = tools.Loggers.CreateLogger<TaskProcessExecutor>();

    public bool IsIdempotent => settings.Idempotent;

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (ProcessEnvironment.Of(settings.Inherit, settings.Environment, tools.Secrets, out string missing) is not { } environment)
            return SecretValues.Missing($"variable {missing}");
        try
        {
            using ChildProcess child = ChildProcess.Start(settings, environment, options.ControlGroups);
            return await RunAsync(child, request.Input, cancellationToken);
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or UnauthorizedAccessException)
        {
            LogNotStarted(_log, fault, settings.Command[0]);
            return ExecutionOutcome.Failed(ExecutionCodes.ProcessFailed, "The program could not be started.");
        }
    }

    private async ValueTask<ExecutionOutcome> RunAsync(ChildProcess child, string input, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(settings.TimeoutSeconds, tools.Time, cancellationToken);
        Task<byte[]?> output = ReadAsync(child, settings.MaxOutputBytes, deadline.Token);
        Task<string> errors = DrainAsync(child.Errors);
        Task writing = WriteAsync(child.Input, input);
        try
        {
            await child.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return ExecutionOutcome.Failed(ExecutionCodes.TimedOut, $"The program took longer than {settings.TimeoutSeconds} s.");
        }
        finally
        {
            // What it left behind would keep its output open for ever.
            child.Kill();
            await writing;
        }

        int code = child.ExitCode;
        if (await output is not { } bytes)
            return ExecutionOutcome.Failed(ExecutionCodes.LimitReached, $"The program's output has more than {settings.MaxOutputBytes} bytes.");
        if (code != 0)
        {
            LogFailed(_log, settings.Command[0], code, VisibleText.Of(await errors));
            return ExecutionOutcome.Failed(ExecutionCodes.ProcessFailed, $"The program ended with code {code}{Meaning(code)}.");
        }
        return BoundedReader.Text(bytes) is { } text
            ? ExecutionOutcome.Ok(text.EndsWith('\n') ? text[..^1] : text)
            : ExecutionOutcome.Failed(ExecutionCodes.OutputInvalid, "The program's output is not UTF-8 text.");
    }

    private static string Meaning(int code) => code switch
    {
        126 => ", which means that it may not be run",
        127 => ", which means that it is not there",
        > 128 and < 160 => ", which means that it was ended, as one that passes a limit is",
        _ => "",
    };

    /// <summary>Output over the limit ends the program at once.</summary>
    private static async Task<byte[]?> ReadAsync(ChildProcess child, int limit, CancellationToken cancellationToken)
    {
        byte[]? read = await BoundedReader.ReadAsync(child.Output, limit, cancellationToken);
        if (read is null)
            child.Kill();
        return read;
    }

    /// <summary>A program may end without reading its task.</summary>
    private static async Task WriteAsync(Stream stream, string input)
    {
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(input));
            await stream.DisposeAsync();
        }
        catch (IOException)
        {
            // It does not read any more, and that is its right.
        }
    }

    /// <summary>Reads all, so that the program never waits, and keeps the end.</summary>
    private static async Task<string> DrainAsync(Stream stream)
    {
        byte[] buffer = new byte[MaxErrorBytes];
        byte[] last = [];
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
            last = [.. last.Concat(buffer[..count]).TakeLast(MaxErrorBytes)];
        return Encoding.UTF8.GetString(last).TrimEnd();
    }
}
