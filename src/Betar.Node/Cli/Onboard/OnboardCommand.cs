using System.CommandLine;
using System.Text;
using Betar.Node.Cli.Wallets;
using Betar.Node.Configuration.Models;
using Betar.Node.Errors;
using Betar.Node.Onboarding;

namespace Betar.Node.Cli.Onboard;

/// <summary><c>betar onboard</c>: asks what a node needs, or takes it from options, shows what it would write, and writes it.</summary>
internal static class OnboardCommand
{
    private const string NoModel = "none";
    private const string UsualAgent = "my-agent";

    private static readonly Option<string?> Provider = new("--provider") { Description = "Whose models: google, openai, or none", HelpName = "NAME" };
    private static readonly Option<string?> Key = new("--api-key") { Description = "Its key, or env:NAME to take it from a variable; it goes into the keystore", HelpName = "KEY" };
    private static readonly Option<string?> BaseUrl = new("--openai-base-url") { Description = "An endpoint that speaks as OpenAI's does", HelpName = "URL" };
    private static readonly Option<string?> Model = new("--model") { Description = "The model [default: gemini-2.5-flash or gpt-4o-mini]", HelpName = "NAME" };
    private static readonly Option<string?> RpcUrl = new("--rpc-url") { Description = "A node of Base Sepolia [default: the test chain of this machine]", HelpName = "URL" };
    private static readonly Option<string?> Agent = new("--name", "-n") { Description = $"The first agent [default: {UsualAgent}]", HelpName = "NAME" };
    private static readonly Option<string?> Description = new("--description", "-d") { Description = "What it does; a model's instruction", HelpName = "TEXT" };
    private static readonly Option<string?> Price = new("--price", "-r") { Description = "What a task costs, in USDC [default: 0]", HelpName = "USDC" };
    private static readonly Option<bool> NoAgent = new("--no-agent") { Description = "Set up no agent" };
    private static readonly Option<bool> NoCheck = new("--no-check") { Description = "Do not try the key" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Ask nothing: what no option says keeps its default" };

    public static Command Create(CliHost host) => CliCommand.Create("onboard", "Set up a node: models, wallet, first agent", host, RunAsync,
        Provider, Key, BaseUrl, Model, RpcUrl, Agent, Description, Price, NoAgent, NoCheck, Yes);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var asks = !arguments.GetValue(Yes) && context.Answers is not null;
        var answers = await AskAsync(context, arguments, asks, cancellation);
        if (!answers.IsOk)
            return answers.Refusal;
        if (!arguments.GetValue(NoCheck) && answers.Value is { Key: { } key, Provider: var provider } && provider != NoModel
            && await KeyCheck.RunAsync(provider == ModelEndpoints.Google ? ModelEndpoints.GoogleUrl : answers.Value.BaseUrl ?? ModelEndpoints.OpenAiUrl, key, cancellation) is { } refused)
            return refused;

        var plan = OnboardPlan.Make(context.Data, answers.Value, WalletArguments.Of(context));
        if (!plan.IsOk)
            return plan.Refusal;
        if (plan.Value.IsEmpty)
        {
            context.Out.WriteLine($"{context.Data.Root} is set up so already; nothing was written.");
            return null;
        }

        context.Out.WriteLine("This is written:");
        foreach (var line in plan.Value.Lines)
            context.Out.WriteLine($"  {line}");
        if (await Confirmation.AskAsync(context, arguments.GetValue(Yes), $"Writing it to {context.Data.Root}", cancellation) is { } no)
            return no;
        var prepared = context.Data.Prepare();
        if (!prepared.IsOk)
            return prepared.Refusal;
        plan.Value.Do();
        context.Out.WriteLine("Done. Next: betar up");
        return null;
    }

    private static async Task<Checked<OnboardAnswers>> AskAsync(CommandContext context, ParseResult arguments, bool asks, CancellationToken cancellation)
    {
        var provider = await TextAsync(Provider, "Whose models: google, openai, none", NoModel);
        if (provider is not (ModelEndpoints.Google or ModelEndpoints.OpenAi or NoModel))
            return ErrorCatalog.BadOptionValue.Refuse($"--provider {VisibleText.Of(provider ?? "")} is not one of google, openai, none");
        var key = ReadKey(context, arguments.GetValue(Key), asks && provider != NoModel, provider);
        if (!key.IsOk)
            return key.Refusal;
        var address = provider == ModelEndpoints.OpenAi ? await TextAsync(BaseUrl, $"Its address (empty: {ModelEndpoints.OpenAiUrl})", null) : null;
        if (address is not null && Configuration.Settings.SettingChecks.Web(BaseUrl.Name, address) is { } bad)
            return bad;
        var rpc = await TextAsync(RpcUrl, "A node of Base Sepolia (empty: the test chain of this machine)", null);
        if (rpc is not null && Configuration.Settings.SettingChecks.Web(RpcUrl.Name, rpc) is { } wrong)
            return wrong;
        return new OnboardAnswers
        {
            Provider = provider,
            Key = key.Value,
            BaseUrl = address,
            Model = provider == NoModel ? null : await TextAsync(Model, "The model (empty: the provider's usual one)", null),
            RpcUrl = rpc,
            Agent = arguments.GetValue(NoAgent) ? null : await TextAsync(Agent, "The agent's name", UsualAgent),
            Description = arguments.GetValue(NoAgent) ? null : await TextAsync(Description, "What it does", null),
            Price = arguments.GetValue(NoAgent) ? null : await TextAsync(Price, "What a task costs, in USDC", null),
        };

        async Task<string?> TextAsync(Option<string?> option, string question, string? usual)
        {
            if (arguments.GetValue(option) is { Length: > 0 } given)
                return given;
            if (!asks)
                return usual;
            await context.Error.WriteAsync($"{question}{(usual is null ? "" : $" [{usual}]")}: ");
            await context.Error.FlushAsync(cancellation);
            return await context.Answers!.ReadLineAsync(cancellation) is { } line && line.Trim() is { Length: > 0 } answer ? answer : usual;
        }
    }

    /// <summary>Null: the one that is kept already, or none.</summary>
    private static Checked<string?> ReadKey(CommandContext context, string? given, bool asks, string provider)
    {
        if (given is { Length: > 0 } text)
            return !Configuration.SecretReference.IsOne(text) ? text
                : new Configuration.Secrets.NodeSecrets(context.Data, context.Environment).Find(text) is { } found ? found
                : ErrorCatalog.SecretMissing.Refuse($"There is no secret under {VisibleText.Of(text)}");
        if (!asks || context.AskSecret is null)
            return new Checked<string?>(null, null);
        using var typed = context.AskSecret($"The key of {provider} (empty: the one that is kept, or none)");
        return typed is null ? new Checked<string?>(null, null) : Encoding.UTF8.GetString(typed.Span);
    }
}
