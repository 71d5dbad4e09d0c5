using System.Net;
using System.Security.Cryptography;
using Betar.Ethereum.Devnet;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Cli.Chain;

/// <summary>Opens the chain's file, serves it, says where, and closes it cleanly.</summary>
internal static class DevnetRunner
{
    private const int StopKeyLength = 32;

    public static async Task<CliRefusal?> RunAsync(CommandContext context, IPEndPoint listen, ulong? chainId, CancellationToken cancellation)
    {
        var folder = context.Data.Prepare();
        if (!folder.IsOk)
            return folder.Refusal;

        var defaults = new DevnetOptions();
        var options = new DevnetOptions { ChainId = chainId ?? defaults.ChainId };
        try
        {
            await using var chain = await DevnetChain.OpenAsync(context.Data.DevnetDatabase, options, context.Time, CancellationToken.None);
            return await ServeAsync(context, chain, listen, cancellation);
        }
        catch (DevnetOpenException refused)
        {
            return Translate(refused, context.Data);
        }
    }

    private static async Task<CliRefusal?> ServeAsync(CommandContext context, DevnetChain chain, IPEndPoint listen, CancellationToken cancellation)
    {
        var stopKey = RandomNumberGenerator.GetHexString(StopKeyLength, lowercase: true);
        await using var host = await DevnetHost.StartAsync(chain.ExecuteJsonRpcAsync, listen, stopKey, CancellationToken.None);
        var info = new DevnetInfo(host.Url, chain.ChainId, chain.Token, Environment.ProcessId);
        (info with { StopKey = stopKey }).Publish(context.Data.DevnetInfo);
        try
        {
            if (context.Json)
            {
                JsonOutput.WriteLine(context.Out, info.WriteTo);
            }
            else
            {
                context.Out.WriteLine($"Chain {info.ChainId} answers JSON-RPC at {info.Url}; USDC is {info.Token}. Ctrl-C stops it.");
                await context.Out.FlushAsync(CancellationToken.None);
            }

            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var signal = cancellation.Register(asked.SetResult);
            await Task.WhenAny(asked.Task, host.StopAsked);
            return null;
        }
        finally
        {
            File.Delete(context.Data.DevnetInfo);
        }
    }

    private static CliRefusal Translate(DevnetOpenException refused, DataFolder folder)
    {
        var refusal = refused.Fault switch
        {
            DevnetOpenFault.InvalidOptions => ErrorCatalog.BadNetwork.Refuse(refused.Message),
            DevnetOpenFault.InUse => ErrorCatalog.FolderInUse.Refuse(DevnetInfo.Read(folder) is { } running
                ? $"The devnet of {folder.Root} is running already (process {running.ProcessId}, {running.Url})"
                : refused.Message),
            DevnetOpenFault.NotAccessible when refused.InnerException is IOException full && ExceptionTranslator.IsDiskFull(full) =>
                ErrorCatalog.DiskFull.Refuse(refused.Message),
            DevnetOpenFault.NotAccessible => ErrorCatalog.FolderNotWritable.Refuse(refused.Message),
            DevnetOpenFault.NewerVersion => ErrorCatalog.DatabaseNewer.Refuse(refused.Message),
            DevnetOpenFault.OtherChain => ErrorCatalog.ChainWrong.Refuse(refused.Message),
            _ => ErrorCatalog.ChainFileFaulty.Refuse(refused.Message),
        };
        return refusal with { Cause = refused };
    }
}
