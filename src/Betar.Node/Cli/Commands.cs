using System.CommandLine;
using System.CommandLine.Help;
using Betar.Node.Cli.Agents;
using Betar.Node.Cli.Backup;
using Betar.Node.Cli.Bench;
using Betar.Node.Cli.Budgets;
using Betar.Node.Cli.Chain;
using Betar.Node.Cli.Completion;
using Betar.Node.Cli.Config;
using Betar.Node.Cli.Doctor;
using Betar.Node.Cli.Import;
using Betar.Node.Cli.Ledger;
using Betar.Node.Cli.Market;
using Betar.Node.Cli.Onboard;
using Betar.Node.Cli.Orders;
using Betar.Node.Cli.Paying;
using Betar.Node.Cli.Peering;
using Betar.Node.Cli.Receipts;
using Betar.Node.Cli.Sessions;
using Betar.Node.Cli.Tokens;
using Betar.Node.Cli.Wallets;
using Betar.Node.Cli.Watching;
using Betar.Node.Cli.Workflows;
using Betar.Node.Composition;
using Betar.Node.Demo;
using Betar.Node.Facilitating;
using Betar.Node.Mcp;

namespace Betar.Node.Cli;

/// <summary>All commands, in the order in which help shows them.</summary>
internal static class Commands
{
    public static Command Root(CliHost host)
    {
        var root = new Command("betar", "Sells the work of agents, and buys it, paid per task.");
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        root.Options.Add(GlobalOptions.Data);
        root.Options.Add(GlobalOptions.Json);
        root.Options.Add(GlobalOptions.Verbose);
        root.Subcommands.Add(DemoCommand.Create(host));
        root.Subcommands.Add(UpCommand.Create(host));
        root.Subcommands.Add(UpCommand.Create("node", "Run the fleet, as betar up does", host));
        root.Subcommands.Add(Noun("config", "The settings of a node", ConfigPrintCommand.Create(host)));
        root.Subcommands.Add(OnboardCommand.Create(host));
        root.Subcommands.Add(ImportCommand.Create(host));
        root.Subcommands.Add(BackupCommand.Create(host));
        root.Subcommands.Add(BackupCommand.CreateRestore(host));
        root.Subcommands.Add(DoctorCommand.Create(host));
        root.Subcommands.Add(TopCommand.Create(host));
        root.Subcommands.Add(LogsCommand.Create(host));
        root.Subcommands.Add(Noun("agent", "The agents of the running node", AgentListCommand.Create(host), AgentShowCommand.Create(host), AgentDiscoverCommand.Create(host), AgentExecuteCommand.Create(host), AgentSchemaCommand.Create(host),
            AgentReloadCommand.Create(host), AgentRegisterCommand.Create(host), AgentRetireCommand.Create(host), AgentConfigCommand.Create(host),
            UpCommand.Create("serve", "Run a node with one more agent, as betar up --name does", host)));
        root.Subcommands.Add(Noun("session", "What callers had the agents do", SessionListCommand.Create(host), SessionShowCommand.Create(host), SessionForgetCommand.Create(host)));
        root.Subcommands.Add(Noun("order", "What was sold, and what was agreed on",
            OrderListCommand.Create(host), OrderShowCommand.Create(host), OrderExportCommand.Create(host), OrderCreateCommand.Create(host),
            OrderMoveCommand.Create(host, "accept", "As the seller: take an order on"), OrderMoveCommand.Create(host, "complete", "As the seller: an order is done"),
            OrderMoveCommand.Create(host, "cancel", "As either side: an order is off")));
        root.Subcommands.Add(Noun("workflow", "Agents that work for one another, within a budget",
            WorkflowCreateCommand.Create(host), WorkflowStatusCommand.Create(host), WorkflowListCommand.Create(host), WorkflowCancelCommand.Create(host)));
        root.Subcommands.Add(Noun("market", "What is for sale, as far as the running node knows",
            MarketListCommand.Create(host), MarketSearchCommand.Create(host), MarketShowCommand.Create(host), MarketWatchCommand.Create(host),
            MarketWhyCommand.Create(host), MarketVerifyCommand.Create(host)));
        root.Subcommands.Add(PayCommand.Create(host));
        root.Subcommands.Add(Noun("refund", "What has to go back", RefundRetryCommand.Create(host)));
        root.Subcommands.Add(Noun("receipt", "Proofs of payment", ReceiptShowCommand.Create(host), ReceiptVerifyCommand.Create(host)));
        root.Subcommands.Add(Noun("wallet", "The accounts of the data folder, and their keys",
            WalletNewCommand.Create(host), WalletImportCommand.Create(host), WalletListCommand.Create(host), WalletAddressCommand.Create(host),
            WalletBalanceCommand.Create(host), WalletSendCommand.Create(host), WalletAllowCommand.Create(host), WalletExportCommand.Create(host),
            WalletBudgetCommand.Create(host), MandateCommands.Create(host)));
        root.Subcommands.Add(Noun("ledger", "The record of all money", LedgerVerifyCommand.Create(host)));
        root.Subcommands.Add(Noun("chain", "The chain that payments settle on", ChainDevnetCommand.Create(host), ChainUpCommand.Create(host)));
        root.Subcommands.Add(Noun("facilitator", "Settlement for sellers elsewhere", FacilitatorUpCommand.Create(host)));
        root.Subcommands.Add(Noun("p2p", "Peers of the network: be one, and try others",
            PeerListenCommand.Create(host), PeerPingCommand.Create(host), PeerIdentifyCommand.Create(host), PeerIdCommand.Create(host),
            PeerDialCommand.Create(host), PeerListCommand.Create(host), PeerScoresCommand.Create(host), PeerTopicsCommand.Create(host)));
        root.Subcommands.Add(Noun("token", "Who may ask over HTTP", TokenNewCommand.Create(host), TokenListCommand.Create(host), TokenRevokeCommand.Create(host)));
        root.Subcommands.Add(McpCommand.Create(host));
        root.Subcommands.Add(BenchCommand.Create(host));
        root.Subcommands.Add(CompletionCommand.Create(host, root));
        root.SetAction((arguments, cancellation) => CliCommand.RunAsync(host, arguments, Welcome.ShowAsync, cancellation));
        return root;
    }

    private static Command Noun(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs)
            noun.Subcommands.Add(verb);
        return noun;
    }
}
