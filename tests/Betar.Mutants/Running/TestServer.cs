using System.Diagnostics;
using System.Globalization;
using Betar.Mutants.Building;

namespace Betar.Mutants.Running;

/// <summary>A process that tries one mutant after the other on one test assembly, without the price of a start for each.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly Process _process;

    public TestServer(IEnumerable<string> command, string folder)
    {
        _process = Tool.Start(command, folder);
        // What nobody reads would fill its pipe, and the process would wait for ever.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <returns>How the class ended; null when it did not in time, or when the process died of it: then this server is of no more use.</returns>
    public ServedRun Run(int mutant, string name, TimeSpan limit)
    {
        try
        {
            _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mutant} {name}"));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return ServedRun.Died;
        }

        var answer = _process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(limit))
            return ServedRun.OutOfTime;
        return answer.Result switch
        {
            null => ServedRun.Died,
            TestHost.GreenWord => ServedRun.Green,
            var red => new ServedRun(red),
        };
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
