using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Betar.Ethereum;
using Betar.Node.Errors;

namespace Betar.Node.Anvil;

/// <summary>An anvil of ours: it ends with us, even when we are killed.</summary>
internal sealed partial class AnvilProcess : IAsyncDisposable
{
    /// <summary>Anvil's own.</summary>
    public const ulong ChainId = 31337;

    // The shell ends anvil when its input ends, which is also when we are gone. Signals to our terminal's group are for us to act on,
    // so the shell ignores them and anvil, where the system has setsid, is not in the group.
    private const string Guard =
        "trap '' INT TERM HUP; apart=$(command -v setsid); (trap - INT TERM HUP; exec $apart \"$0\" \"$@\") & child=$!; "
        + "exec >&- 2>&-; read -r _; kill $child; wait $child";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private AnvilProcess(Process process, Uri url, IReadOnlyList<Address> accounts)
    {
        this.process = process;
        Url = url;
        Accounts = accounts;
        Ended = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    public Uri Url { get; }

    /// <summary>Those that anvil itself gave ether.</summary>
    public IReadOnlyList<Address> Accounts { get; }

    /// <summary>Completes when anvil is no more.</summary>
    public Task Ended { get; }

    public static async Task<Checked<AnvilProcess>> StartAsync(string program, IPEndPoint listen, TimeProvider time, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
                 {
                     "-c", Guard, program, "--host", listen.Address.ToString(), "--port", listen.Port.ToString(CultureInfo.InvariantCulture),
                     "--chain-id", ChainId.ToString(CultureInfo.InvariantCulture), "--hardfork", "cancun",
                     // Gas is counted and free, as on the devnet.
                     "--block-base-fee-per-gas", "0", "--gas-price", "0", "--disable-min-priority-fee",
                 })
            start.ArgumentList.Add(argument);

        using var deadline = new CancellationTokenSource(StartTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            return Refused(fault.Message);
        }

        try
        {
            var accounts = new List<Address>();
            while (await process.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (Account().Match(line) is { Success: true } account && Address.TryParse(account.Groups[1].Value, out var address))
                    accounts.Add(address);
                if (Listening().Match(line) is { Success: true } listening)
                    return new AnvilProcess(process, new Uri("http://" + listening.Groups[1].Value), accounts);
            }

            var said = (await process.StandardError.ReadToEndAsync(either.Token)).Trim();
            await EndAsync(process);
            return Refused(said.Length > 0 ? said : "it ended without a word");
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
            cancellation.ThrowIfCancellationRequested();
            return Refused($"it did not answer within {StartTime.TotalSeconds:0} s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        await Ended;
        process.Dispose();
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static CliRefusal Refused(string said) =>
        ErrorCatalog.ChildDidNotStart.Refuse($"anvil did not start: {said.ReplaceLineEndings(" ")}", "name a free port with --listen, or another anvil with --anvil");

    [GeneratedRegex("^Listening on (\\S+)$")]
    private static partial Regex Listening();

    [GeneratedRegex("^\\(\\d+\\) (0x[0-9a-fA-F]{40}) \\(")]
    private static partial Regex Account();
}
