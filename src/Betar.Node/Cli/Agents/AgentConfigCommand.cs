using System.CommandLine;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Editing;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent config</c>: the agents of agents.yaml, without a node. Nothing else is written: no keys, no data.</summary>
internal static class AgentConfigCommand
{
    private static readonly Argument<string> Agent = new("name") { Description = "The agent's name", HelpName = "NAME" };

    private static readonly Option<string> Name = new("--name", "-n") { Description = "The agent's name", Required = true, HelpName = "NAME" };

    private static readonly Option<string?> Builtin = new("--builtin") { Description = "Let something built in do the work: echo, math, …", HelpName = "NAME" };

    private static readonly (string Field, Option<string?> Option)[] Plain =
    [
        ("description", new("--description", "-d") { Description = "What it does", HelpName = "TEXT" }),
        ("price", new("--price", "-r") { Description = "What a task costs, in USDC", HelpName = "USDC" }),
        ("payTo", new("--pay-to") { Description = "Who is paid", HelpName = "ADDRESS" }),
        ("model", new("--model") { Description = "Its model", HelpName = "NAME" }),
        ("provider", new("--provider") { Description = "google or openai", HelpName = "NAME" }),
        ("openai_base_url", new("--openai-base-url") { Description = "An endpoint that speaks as OpenAI's does", HelpName = "URL" }),
    ];

    private static readonly (string Field, Option<string?> Option)[] Keys =
    [
        ("api_key", new("--api-key") { Description = "Google's key, or a reference to it such as env:NAME; a key itself goes into the keystore", HelpName = "KEY" }),
        ("openai_api_key", new("--openai-api-key") { Description = "The key for --openai-base-url, or a reference to it; a key itself goes into the keystore", HelpName = "KEY" }),
    ];

    public static Command Create(CliHost host)
    {
        var config = new Command("config", "The agents of agents.yaml, without a node");
        Option[] fields = [.. Plain.Select(field => field.Option), .. Keys.Select(field => field.Option), Builtin];
        config.Subcommands.Add(CliCommand.Create("list", "List the agents of agents.yaml", host, (context, _, _) => Task.FromResult(List(context))));
        config.Subcommands.Add(CliCommand.Create("add", "Add an agent to agents.yaml", host, (context, arguments, _) => Task.FromResult(
            Change(context, arguments, arguments.GetRequiredValue(Name), AgentsEditor.Add, "added")), [Name, .. fields]));
        config.Subcommands.Add(CliCommand.Create("edit", "Change the given fields of an agent of agents.yaml", host, (context, arguments, _) => Task.FromResult(
            Change(context, arguments, arguments.GetRequiredValue(Agent), AgentsEditor.Edit, "changed")), [Agent, .. fields]));
        config.Subcommands.Add(CliCommand.Create("delete", "Take an agent out of agents.yaml", host, (context, arguments, _) => Task.FromResult(
            Change(context, arguments, arguments.GetRequiredValue(Agent), (text, file, name, _) => AgentsEditor.Remove(text, file, name), "deleted")), Agent));
        return config;
    }

    private static CliRefusal? List(CommandContext context)
    {
        var fleet = AgentsFile.LoadOptional(context.Data.Agents);
        if (!fleet.IsOk)
            return fleet.Refusal;
        if (context.Json)
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartArray();
                foreach (var agent in fleet.Value.Agents)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", agent.Name);
                    writer.WriteString("description", agent.Description);
                    writer.WritePropertyName("price");
                    writer.WriteRawValue(agent.Price.ToUsdc());
                    writer.WriteString("executor", agent.Executor.Kind);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
        else if (fleet.Value.Agents.Count == 0)
            context.Out.WriteLine($"{context.Data.Agents} has no agents; add one with betar agent config add.");
        else
            TextTable.Write(context.Out, ["name", "price", "executor", "description"], fleet.Value.Agents.Select(agent => new[]
            {
                agent.Name, agent.Price.ToUsdc() + " USDC", agent.Executor.Kind, VisibleText.Of(agent.Description),
            }));
        return null;
    }

    private static CliRefusal? Change(CommandContext context, ParseResult arguments, string name,
        Func<string, string, string, IReadOnlyList<AgentEdit>, Checked<string>> edit, string done)
    {
        var file = context.Data.Agents;
        var text = AgentsText.Read(file);
        if (!text.IsOk)
            return text.Refusal;
        var secrets = new List<(string Name, string Secret)>();
        var changed = edit(text.Value, file, name, Fields(arguments, name, secrets));
        if (!changed.IsOk)
            return changed.Refusal;
        var kept = new KeystoreSecrets(context.Data);
        foreach (var (secretName, secret) in secrets)
            kept.Put(secretName, secret);
        AgentsText.Write(file, changed.Value);
        context.Out.WriteLine($"{VisibleText.Of(name)} was {done} in {file}.");
        return null;
    }

    private static List<AgentEdit> Fields(ParseResult arguments, string name, List<(string Name, string Secret)> secrets)
    {
        var fields = new List<AgentEdit>();
        foreach (var (field, option) in Plain)
        {
            if (arguments.GetResult(option) is not null && arguments.GetValue(option) is { } value)
                fields.Add(new AgentEdit(field, value));
        }

        foreach (var (field, option) in Keys)
        {
            if (arguments.GetResult(option) is null || arguments.GetValue(option) is not { Length: > 0 } key)
                continue;
            var kept = KeystoreSecrets.NameFor(name, field);
            if (!SecretReference.IsOne(key))
                secrets.Add((kept, key));
            fields.Add(new AgentEdit(field, SecretReference.IsOne(key) ? key : SecretReference.Keystore + kept));
        }

        if (arguments.GetResult(Builtin) is not null && arguments.GetValue(Builtin) is { } builtin)
            fields.Add(AgentEdit.Builtin(builtin));
        return fields;
    }
}
