export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  public: {
    Tables: {
      blocks: {
        Row: {
          blocked_id: string
          blocker_id: string
          created_at: string
        }
        Insert: {
          blocked_id: string
          blocker_id: string
          created_at?: string
        }
        Update: {
          blocked_id?: string
          blocker_id?: string
          created_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "blocks_blocked_id_fkey"
            columns: ["blocked_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "blocks_blocker_id_fkey"
            columns: ["blocker_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      deleted_tracks: {
        Row: {
          deleted_at: string
          prefix: string
          track_id: string
        }
        Insert: {
          deleted_at?: string
          prefix: string
          track_id: string
        }
        Update: {
          deleted_at?: string
          prefix?: string
          track_id?: string
        }
        Relationships: []
      }
      dj_payment_accounts: {
        Row: {
          account_id: string
          charges_enabled: boolean
          details_submitted: boolean
          disabled_reason: string | null
          is_removed: boolean
          livemode: boolean
          looked_up_at: string | null
          payouts_enabled: boolean
          requirements_due: string[]
          user_id: string
        }
        Insert: {
          account_id: string
          charges_enabled?: boolean
          details_submitted?: boolean
          disabled_reason?: string | null
          is_removed?: boolean
          livemode: boolean
          looked_up_at?: string | null
          payouts_enabled?: boolean
          requirements_due?: string[]
          user_id: string
        }
        Update: {
          account_id?: string
          charges_enabled?: boolean
          details_submitted?: boolean
          disabled_reason?: string | null
          is_removed?: boolean
          livemode?: boolean
          looked_up_at?: string | null
          payouts_enabled?: boolean
          requirements_due?: string[]
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "dj_payment_accounts_user_id_fkey"
            columns: ["user_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      dj_sessions: {
        Row: {
          artwork_path: string | null
          channel: number
          crossfade_ms: number
          dj_id: string
          ended_at: string | null
          epoch: string
          id: string
          requests_open: boolean
          seq: number
          slug: string
          spoke_at: string
          started_at: string
          status: string
          tallies_rev: number
          tip_goal_amount: number | null
          tip_goal_currency: string | null
          title: string
          visibility: string
        }
        Insert: {
          artwork_path?: string | null
          channel?: number
          crossfade_ms?: number
          dj_id: string
          ended_at?: string | null
          epoch?: string
          id?: string
          requests_open?: boolean
          seq?: number
          slug: string
          spoke_at?: string
          started_at?: string
          status?: string
          tallies_rev?: number
          tip_goal_amount?: number | null
          tip_goal_currency?: string | null
          title: string
          visibility?: string
        }
        Update: {
          artwork_path?: string | null
          channel?: number
          crossfade_ms?: number
          dj_id?: string
          ended_at?: string | null
          epoch?: string
          id?: string
          requests_open?: boolean
          seq?: number
          slug?: string
          spoke_at?: string
          started_at?: string
          status?: string
          tallies_rev?: number
          tip_goal_amount?: number | null
          tip_goal_currency?: string | null
          title?: string
          visibility?: string
        }
        Relationships: [
          {
            foreignKeyName: "dj_sessions_dj_id_fkey"
            columns: ["dj_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      entitlements: {
        Row: {
          billing_issue_at: string | null
          cancelled_at: string | null
          ends_at: string | null
          expires_at: string | null
          grace_ends_at: string | null
          is_sandbox: boolean
          looked_up_at: string
          management_url: string | null
          product_id: string | null
          purchased_at: string | null
          refunded_at: string | null
          resumes_at: string | null
          store: string | null
          user_id: string
        }
        Insert: {
          billing_issue_at?: string | null
          cancelled_at?: string | null
          ends_at?: never
          expires_at?: string | null
          grace_ends_at?: string | null
          is_sandbox: boolean
          looked_up_at: string
          management_url?: string | null
          product_id?: string | null
          purchased_at?: string | null
          refunded_at?: string | null
          resumes_at?: string | null
          store?: string | null
          user_id: string
        }
        Update: {
          billing_issue_at?: string | null
          cancelled_at?: string | null
          ends_at?: never
          expires_at?: string | null
          grace_ends_at?: string | null
          is_sandbox?: boolean
          looked_up_at?: string
          management_url?: string | null
          product_id?: string | null
          purchased_at?: string | null
          refunded_at?: string | null
          resumes_at?: string | null
          store?: string | null
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "entitlements_user_id_fkey"
            columns: ["user_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      follows: {
        Row: {
          created_at: string
          followed_id: string
          follower_id: string
        }
        Insert: {
          created_at?: string
          followed_id: string
          follower_id: string
        }
        Update: {
          created_at?: string
          followed_id?: string
          follower_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "follows_followed_id_fkey"
            columns: ["followed_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "follows_follower_id_fkey"
            columns: ["follower_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      live_segments: {
        Row: {
          duration_in_samples: number
          is_gap: boolean
          number: number
          start_in_samples: number
          starts_at_ms: number
          stream_id: string
        }
        Insert: {
          duration_in_samples: number
          is_gap?: boolean
          number: number
          start_in_samples: number
          starts_at_ms: number
          stream_id: string
        }
        Update: {
          duration_in_samples?: number
          is_gap?: boolean
          number?: number
          start_in_samples?: number
          starts_at_ms?: number
          stream_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "live_segments_stream_id_fkey"
            columns: ["stream_id"]
            referencedRelation: "live_streams"
            referencedColumns: ["id"]
          },
        ]
      }
      live_streams: {
        Row: {
          duck_gain: number
          ended_at: string | null
          ends_at_ms: number | null
          id: string
          init_sha256: string | null
          lease_id: string
          mode: string
          session_id: string
          spoke_at: string
          started_by: string | null
          starts_at_ms: number
        }
        Insert: {
          duck_gain: number
          ended_at?: string | null
          ends_at_ms?: number | null
          id: string
          init_sha256?: string | null
          lease_id: string
          mode: string
          session_id: string
          spoke_at?: string
          started_by?: string | null
          starts_at_ms: number
        }
        Update: {
          duck_gain?: number
          ended_at?: string | null
          ends_at_ms?: number | null
          id?: string
          init_sha256?: string | null
          lease_id?: string
          mode?: string
          session_id?: string
          spoke_at?: string
          started_by?: string | null
          starts_at_ms?: number
        }
        Relationships: [
          {
            foreignKeyName: "live_streams_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "live_streams_started_by_fkey"
            columns: ["started_by"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      messages: {
        Row: {
          author_id: string
          created_at: string
          id: string
          removed_at: string | null
          seq: number
          session_id: string
          text: string
        }
        Insert: {
          author_id: string
          created_at?: string
          id?: string
          removed_at?: string | null
          seq: number
          session_id: string
          text: string
        }
        Update: {
          author_id?: string
          created_at?: string
          id?: string
          removed_at?: string | null
          seq?: number
          session_id?: string
          text?: string
        }
        Relationships: [
          {
            foreignKeyName: "messages_author_id_fkey"
            columns: ["author_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "messages_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
        ]
      }
      playback: {
        Row: {
          current_duration_ms: number | null
          current_fade_ms: number | null
          current_item_id: string | null
          current_pass: number
          current_starts_at_ms: number | null
          dj_at_ms: number | null
          dj_position_ms: number | null
          dj_rev: number
          goes_on: boolean
          lease_holder: string | null
          lease_id: string | null
          loop_end_ms: number | null
          loop_jumps_at_ms: number | null
          loop_start_ms: number | null
          next_duration_ms: number | null
          next_fade_ms: number | null
          next_item_id: string | null
          next_starts_at_ms: number | null
          paused_at_ms: number | null
          paused_position_ms: number | null
          present_until: string | null
          rev: number
          session_id: string
          spoke_at: string
          status: string
        }
        Insert: {
          current_duration_ms?: number | null
          current_fade_ms?: number | null
          current_item_id?: string | null
          current_pass?: number
          current_starts_at_ms?: number | null
          dj_at_ms?: number | null
          dj_position_ms?: number | null
          dj_rev?: number
          goes_on?: boolean
          lease_holder?: string | null
          lease_id?: string | null
          loop_end_ms?: number | null
          loop_jumps_at_ms?: number | null
          loop_start_ms?: number | null
          next_duration_ms?: number | null
          next_fade_ms?: number | null
          next_item_id?: string | null
          next_starts_at_ms?: number | null
          paused_at_ms?: number | null
          paused_position_ms?: number | null
          present_until?: string | null
          rev?: number
          session_id: string
          spoke_at?: string
          status?: string
        }
        Update: {
          current_duration_ms?: number | null
          current_fade_ms?: number | null
          current_item_id?: string | null
          current_pass?: number
          current_starts_at_ms?: number | null
          dj_at_ms?: number | null
          dj_position_ms?: number | null
          dj_rev?: number
          goes_on?: boolean
          lease_holder?: string | null
          lease_id?: string | null
          loop_end_ms?: number | null
          loop_jumps_at_ms?: number | null
          loop_start_ms?: number | null
          next_duration_ms?: number | null
          next_fade_ms?: number | null
          next_item_id?: string | null
          next_starts_at_ms?: number | null
          paused_at_ms?: number | null
          paused_position_ms?: number | null
          present_until?: string | null
          rev?: number
          session_id?: string
          spoke_at?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "playback_current_item_id_fkey"
            columns: ["current_item_id"]
            referencedRelation: "queue_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "playback_lease_holder_fkey"
            columns: ["lease_holder"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "playback_next_item_id_fkey"
            columns: ["next_item_id"]
            referencedRelation: "queue_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "playback_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
        ]
      }
      profiles: {
        Row: {
          avatar_path: string | null
          bio: string
          created_at: string
          display_name: string
          handle: string | null
          handle_skeleton: string | null
          id: string
          is_guest: boolean
          links: NonNullable<Json>
          locale: string | null
          time_zone: string | null
        }
        Insert: {
          avatar_path?: string | null
          bio?: string
          created_at?: string
          display_name: string
          handle?: string | null
          handle_skeleton?: never
          id: string
          is_guest?: boolean
          links?: NonNullable<Json>
          locale?: string | null
          time_zone?: string | null
        }
        Update: {
          avatar_path?: string | null
          bio?: string
          created_at?: string
          display_name?: string
          handle?: string | null
          handle_skeleton?: never
          id?: string
          is_guest?: boolean
          links?: NonNullable<Json>
          locale?: string | null
          time_zone?: string | null
        }
        Relationships: []
      }
      queue_items: {
        Row: {
          added_at: string
          added_by: string
          id: string
          pinned_order: number | null
          round: number | null
          session_id: string
          status: string
          track_id: string
          votes: number
        }
        Insert: {
          added_at?: string
          added_by: string
          id?: string
          pinned_order?: number | null
          round?: number | null
          session_id: string
          status?: string
          track_id: string
          votes?: number
        }
        Update: {
          added_at?: string
          added_by?: string
          id?: string
          pinned_order?: number | null
          round?: number | null
          session_id?: string
          status?: string
          track_id?: string
          votes?: number
        }
        Relationships: [
          {
            foreignKeyName: "queue_items_added_by_fkey"
            columns: ["added_by"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "queue_items_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "queue_items_track_id_fkey"
            columns: ["track_id"]
            referencedRelation: "tracks"
            referencedColumns: ["id"]
          },
        ]
      }
      queue_votes: {
        Row: {
          created_at: string
          item_id: string
          user_id: string
        }
        Insert: {
          created_at?: string
          item_id: string
          user_id: string
        }
        Update: {
          created_at?: string
          item_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "queue_votes_item_id_fkey"
            columns: ["item_id"]
            referencedRelation: "queue_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "queue_votes_user_id_fkey"
            columns: ["user_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      session_bans: {
        Row: {
          banned_by: string | null
          created_at: string
          reason: string | null
          session_id: string
          user_id: string
          was_guest: boolean
        }
        Insert: {
          banned_by?: string | null
          created_at?: string
          reason?: string | null
          session_id: string
          user_id: string
          was_guest: boolean
        }
        Update: {
          banned_by?: string | null
          created_at?: string
          reason?: string | null
          session_id?: string
          user_id?: string
          was_guest?: boolean
        }
        Relationships: [
          {
            foreignKeyName: "session_bans_banned_by_fkey"
            columns: ["banned_by"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "session_bans_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "session_bans_user_id_fkey"
            columns: ["user_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      session_events: {
        Row: {
          actor: string | null
          at: string
          command_id: string | null
          kind: string
          payload: NonNullable<Json>
          seq: number
          session_id: string
        }
        Insert: {
          actor?: string | null
          at?: string
          command_id?: string | null
          kind: string
          payload: NonNullable<Json>
          seq: number
          session_id: string
        }
        Update: {
          actor?: string | null
          at?: string
          command_id?: string | null
          kind?: string
          payload?: NonNullable<Json>
          seq?: number
          session_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "session_events_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
        ]
      }
      session_invitations: {
        Row: {
          created_at: string
          created_by: string | null
          expires_at: string
          id: string
          max_uses: number
          revoked_at: string | null
          session_id: string
          token_hash: string
          uses: number
        }
        Insert: {
          created_at?: string
          created_by?: string | null
          expires_at: string
          id?: string
          max_uses: number
          revoked_at?: string | null
          session_id: string
          token_hash: string
          uses?: number
        }
        Update: {
          created_at?: string
          created_by?: string | null
          expires_at?: string
          id?: string
          max_uses?: number
          revoked_at?: string | null
          session_id?: string
          token_hash?: string
          uses?: number
        }
        Relationships: [
          {
            foreignKeyName: "session_invitations_created_by_fkey"
            columns: ["created_by"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "session_invitations_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
        ]
      }
      session_members: {
        Row: {
          joined_at: string
          last_seen_at: string
          muted_until: string | null
          role: string
          session_id: string
          user_id: string
        }
        Insert: {
          joined_at?: string
          last_seen_at?: string
          muted_until?: string | null
          role: string
          session_id: string
          user_id: string
        }
        Update: {
          joined_at?: string
          last_seen_at?: string
          muted_until?: string | null
          role?: string
          session_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "session_members_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "session_members_user_id_fkey"
            columns: ["user_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      setlist_items: {
        Row: {
          id: string
          note: string | null
          position: number
          setlist_id: string
          track_id: string
        }
        Insert: {
          id?: string
          note?: string | null
          position: number
          setlist_id: string
          track_id: string
        }
        Update: {
          id?: string
          note?: string | null
          position?: number
          setlist_id?: string
          track_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "setlist_items_setlist_id_fkey"
            columns: ["setlist_id"]
            referencedRelation: "setlists"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "setlist_items_track_id_fkey"
            columns: ["track_id"]
            referencedRelation: "tracks"
            referencedColumns: ["id"]
          },
        ]
      }
      setlists: {
        Row: {
          created_at: string
          id: string
          owner_id: string
          title: string
        }
        Insert: {
          created_at?: string
          id?: string
          owner_id?: string
          title: string
        }
        Update: {
          created_at?: string
          id?: string
          owner_id?: string
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "setlists_owner_id_fkey"
            columns: ["owner_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      tip_currencies: {
        Row: {
          code: string
          decimals: number
          max_amount: number
          min_amount: number
          suggested_amounts: number[]
        }
        Insert: {
          code: string
          decimals: number
          max_amount: number
          min_amount: number
          suggested_amounts: number[]
        }
        Update: {
          code?: string
          decimals?: number
          max_amount?: number
          min_amount?: number
          suggested_amounts?: number[]
        }
        Relationships: []
      }
      tips: {
        Row: {
          amount: number
          begun_at: string
          charge_id: string | null
          checkout_id: string | null
          currency: string
          destination: string
          dispute: Database["public"]["Enums"]["tip_dispute"]
          dispute_fee_amount: number
          dispute_fee_currency: string | null
          dispute_fee_returned_amount: number
          dispute_lost_amount: number
          dispute_won_amount: number
          disputed_amount: number
          disputed_at: string | null
          dj_id: string | null
          fee_amount: number
          fee_refunded_amount: number
          id: string
          is_anonymous: boolean
          livemode: boolean
          looked_up_at: string | null
          message: string | null
          opened_at: string | null
          paid_at: string | null
          payment_intent_id: string | null
          refund_failed_amount: number
          refunded_amount: number
          refunded_at: string | null
          session_id: string | null
          shows_amount: boolean
          status: Database["public"]["Enums"]["tip_status"]
          stripe_fee_amount: number | null
          stripe_fee_currency: string | null
          tipper_id: string | null
          transfer_reversed_amount: number
        }
        Insert: {
          amount: number
          begun_at?: string
          charge_id?: string | null
          checkout_id?: string | null
          currency: string
          destination: string
          dispute?: Database["public"]["Enums"]["tip_dispute"]
          dispute_fee_amount?: number
          dispute_fee_currency?: string | null
          dispute_fee_returned_amount?: number
          dispute_lost_amount?: number
          dispute_won_amount?: number
          disputed_amount?: number
          disputed_at?: string | null
          dj_id?: string | null
          fee_amount: number
          fee_refunded_amount?: number
          id: string
          is_anonymous: boolean
          livemode: boolean
          looked_up_at?: string | null
          message?: string | null
          opened_at?: string | null
          paid_at?: string | null
          payment_intent_id?: string | null
          refund_failed_amount?: number
          refunded_amount?: number
          refunded_at?: string | null
          session_id?: string | null
          shows_amount: boolean
          status?: Database["public"]["Enums"]["tip_status"]
          stripe_fee_amount?: number | null
          stripe_fee_currency?: string | null
          tipper_id?: string | null
          transfer_reversed_amount?: number
        }
        Update: {
          amount?: number
          begun_at?: string
          charge_id?: string | null
          checkout_id?: string | null
          currency?: string
          destination?: string
          dispute?: Database["public"]["Enums"]["tip_dispute"]
          dispute_fee_amount?: number
          dispute_fee_currency?: string | null
          dispute_fee_returned_amount?: number
          dispute_lost_amount?: number
          dispute_won_amount?: number
          disputed_amount?: number
          disputed_at?: string | null
          dj_id?: string | null
          fee_amount?: number
          fee_refunded_amount?: number
          id?: string
          is_anonymous?: boolean
          livemode?: boolean
          looked_up_at?: string | null
          message?: string | null
          opened_at?: string | null
          paid_at?: string | null
          payment_intent_id?: string | null
          refund_failed_amount?: number
          refunded_amount?: number
          refunded_at?: string | null
          session_id?: string | null
          shows_amount?: boolean
          status?: Database["public"]["Enums"]["tip_status"]
          stripe_fee_amount?: number | null
          stripe_fee_currency?: string | null
          tipper_id?: string | null
          transfer_reversed_amount?: number
        }
        Relationships: [
          {
            foreignKeyName: "tips_dj_id_fkey"
            columns: ["dj_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "tips_session_id_fkey"
            columns: ["session_id"]
            referencedRelation: "dj_sessions"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "tips_tipper_id_fkey"
            columns: ["tipper_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
      tracks: {
        Row: {
          artist: string | null
          artwork_path: string | null
          bpm: number | null
          bpm_is_estimate: boolean
          created_at: string
          duration_ms: number | null
          id: string
          is_starter: boolean
          key_is_estimate: boolean
          loudness_lufs: number | null
          manifest: Json | null
          musical_key: string | null
          original_at: string | null
          owner_id: string | null
          playlist_path: string | null
          pre_roll_ms: number | null
          refusal_code: string | null
          refusal_detail: string | null
          renditions: Json | null
          rest_status: string | null
          settled_at: string | null
          source: NonNullable<Json>
          status: string
          title: string
          uploaded_at: string | null
          waveform: Json | null
          waveform_bands: string | null
        }
        Insert: {
          artist?: string | null
          artwork_path?: string | null
          bpm?: number | null
          bpm_is_estimate?: boolean
          created_at?: string
          duration_ms?: number | null
          id: string
          is_starter?: boolean
          key_is_estimate?: boolean
          loudness_lufs?: number | null
          manifest?: Json | null
          musical_key?: string | null
          original_at?: string | null
          owner_id?: string | null
          playlist_path?: string | null
          pre_roll_ms?: number | null
          refusal_code?: string | null
          refusal_detail?: string | null
          renditions?: Json | null
          rest_status?: string | null
          settled_at?: string | null
          source?: NonNullable<Json>
          status?: string
          title: string
          uploaded_at?: string | null
          waveform?: Json | null
          waveform_bands?: string | null
        }
        Update: {
          artist?: string | null
          artwork_path?: string | null
          bpm?: number | null
          bpm_is_estimate?: boolean
          created_at?: string
          duration_ms?: number | null
          id?: string
          is_starter?: boolean
          key_is_estimate?: boolean
          loudness_lufs?: number | null
          manifest?: Json | null
          musical_key?: string | null
          original_at?: string | null
          owner_id?: string | null
          playlist_path?: string | null
          pre_roll_ms?: number | null
          refusal_code?: string | null
          refusal_detail?: string | null
          renditions?: Json | null
          rest_status?: string | null
          settled_at?: string | null
          source?: NonNullable<Json>
          status?: string
          title?: string
          uploaded_at?: string | null
          waveform?: Json | null
          waveform_bands?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "tracks_owner_id_fkey"
            columns: ["owner_id"]
            referencedRelation: "profiles"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      add_push_device: {
        Args: {
          p_address: string
          p_channel: string
          p_locale?: string
          p_public_key?: string
          p_replaces?: string
          p_secret?: string
        }
        Returns: Json
      }
      add_to_queue: {
        Args: { p_command_id: string; p_session_id: string; p_track_id: string }
        Returns: Json
      }
      admit_live_segment: {
        Args: { p_lease_id: string; p_stream_id: string }
        Returns: Json
      }
      advance_due_sessions: {
        Args: Record<PropertyKey, never>
        Returns: number
      }
      advance_queue: {
        Args: {
          p_command_id: string
          p_expected_rev: number
          p_session_id: string
        }
        Returns: Json
      }
      apply_entitlements: {
        Args: { p_event_id?: string; p_event_type?: string; p_facts: Json }
        Returns: Json
      }
      apply_payment_account: {
        Args: { p_account_id: string; p_facts: Json; p_livemode: boolean }
        Returns: Json
      }
      apply_tip_facts: {
        Args: {
          p_event_id?: string
          p_event_type?: string
          p_facts: Json
          p_livemode: boolean
        }
        Returns: Json
      }
      ban_member: {
        Args: { p_reason?: string; p_session_id: string; p_user_id: string }
        Returns: Json
      }
      begin_plus_look_up: { Args: Record<PropertyKey, never>; Returns: Json }
      begin_tip: {
        Args: {
          p_amount: number
          p_command_id: string
          p_currency: string
          p_is_anonymous?: boolean
          p_message?: string
          p_session_id: string
          p_shows_amount?: boolean
        }
        Returns: Json
      }
      block: { Args: { p_blocked: boolean; p_user_id: string }; Returns: Json }
      can_be_tipped: {
        Args: { p_livemode: boolean; p_user_id: string }
        Returns: boolean
      }
      claim_due_plus_customers: { Args: { p_max: number }; Returns: Json }
      claim_due_tips: {
        Args: { p_livemode: boolean; p_max: number }
        Returns: Json
      }
      claim_lease: {
        Args: { p_session_id: string; p_takes_over?: boolean }
        Returns: Json
      }
      claim_notifications: { Args: { p_max: number }; Returns: Json }
      claim_push_receipts: { Args: { p_max: number }; Returns: Json }
      complete_original: {
        Args: { p_track_id: string; p_trims_silence?: boolean }
        Returns: Json
      }
      complete_upload: {
        Args: { p_manifest: Json; p_track_id: string }
        Returns: Json
      }
      correct_track: {
        Args: { p_bpm?: number; p_musical_key?: string; p_track_id: string }
        Returns: Json
      }
      count_code: {
        Args: {
          p_address: string
          p_channel: string
          p_network?: string
          p_texts_a_day?: number
        }
        Returns: Json
      }
      count_code_try: {
        Args: { p_address: string; p_network?: string }
        Returns: Json
      }
      count_provider_request: {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      count_sent_code: {
        Args: { p_address: string; p_channel: string }
        Returns: Json
      }
      create_invitation: {
        Args: {
          p_expires_at?: string
          p_max_uses?: number
          p_session_id: string
        }
        Returns: Json
      }
      create_session: {
        Args: {
          p_artwork_path?: string
          p_title: string
          p_visibility?: string
        }
        Returns: Json
      }
      delete_track: { Args: { p_track_id: string }; Returns: Json }
      dj_tip_totals: { Args: Record<PropertyKey, never>; Returns: Json }
      end_live: {
        Args: { p_ends_at_ms: number; p_lease_id: string; p_stream_id: string }
        Returns: Json
      }
      end_session: {
        Args: { p_command_id: string; p_session_id: string }
        Returns: Json
      }
      events_after: {
        Args: { p_after: number; p_session_id: string }
        Returns: Json
      }
      export_my_data: { Args: Record<PropertyKey, never>; Returns: Json }
      follow: {
        Args: { p_following: boolean; p_user_id: string }
        Returns: Json
      }
      forget_code_pause: { Args: { p_address: string }; Returns: Json }
      forget_code_tries: { Args: { p_address: string }; Returns: Json }
      forget_payment_account: {
        Args: {
          p_account_id: string
          p_livemode: boolean
          p_looked_up_at: number
        }
        Returns: Json
      }
      forget_push_devices: { Args: { p_ids: string[] }; Returns: number }
      hand_over_encoded: {
        Args: { p_manifest: Json; p_track_id: string }
        Returns: Json
      }
      has_push_device: { Args: { p_address: string }; Returns: Json }
      hear_signs: {
        Args: {
          p_every_ms: number[]
          p_session_ids: string[]
          p_user_ids: string[]
          p_watched: string[]
        }
        Returns: Json
      }
      hub_channel: { Args: { p_session_id: string }; Returns: number }
      hub_log: {
        Args: { p_after?: number; p_session_id: string }
        Returns: Json
      }
      hub_members_among: {
        Args: { p_session_id: string; p_user_ids: string[] }
        Returns: Json
      }
      hub_snapshot: { Args: { p_session_id: string }; Returns: Json }
      join_session: {
        Args: {
          p_count_to?: number
          p_invitation?: string
          p_session_id: string
        }
        Returns: Json
      }
      keep_push_receipts: { Args: { p_receipts: Json }; Returns: number }
      ledger_summary: { Args: Record<PropertyKey, never>; Returns: Json }
      listening_summary: { Args: { p_session_id: string }; Returns: Json }
      live_playlist: { Args: { p_stream_id: string }; Returns: Json }
      live_sessions: { Args: Record<PropertyKey, never>; Returns: Json }
      move_in_queue: {
        Args: {
          p_before_item_id?: string
          p_command_id: string
          p_item_id: string
          p_session_id: string
        }
        Returns: Json
      }
      mute_member: {
        Args: { p_minutes?: number; p_session_id: string; p_user_id: string }
        Returns: Json
      }
      my_devices: { Args: Record<PropertyKey, never>; Returns: Json }
      my_people: { Args: Record<PropertyKey, never>; Returns: Json }
      my_plan: { Args: Record<PropertyKey, never>; Returns: Json }
      my_plus_customer: { Args: Record<PropertyKey, never>; Returns: Json }
      my_snapshot: { Args: { p_session_id: string }; Returns: Json }
      next_track: {
        Args: {
          p_command_id: string
          p_expected_rev: number
          p_session_id: string
        }
        Returns: Json
      }
      notification_settings: { Args: Record<PropertyKey, never>; Returns: Json }
      pause: {
        Args: { p_command_id: string; p_session_id: string }
        Returns: Json
      }
      payment_account: { Args: { p_user_id: string }; Returns: Json }
      people_here: {
        Args: { p_after?: string; p_session_id: string }
        Returns: Json
      }
      ping_sessions: { Args: Record<PropertyKey, never>; Returns: number }
      play: {
        Args: { p_command_id: string; p_item_id?: string; p_session_id: string }
        Returns: Json
      }
      plus_customers_since: { Args: { p_since: string }; Returns: Json }
      profile_page: { Args: { p_handle: string }; Returns: Json }
      publish_live_segment: {
        Args: {
          p_duration_in_samples: number
          p_init_hash: string
          p_number: number
          p_start_in_samples: number
          p_starts_at_ms: number
          p_stream_id: string
        }
        Returns: Json
      }
      publish_track: {
        Args: { p_track_id: string; p_verified: Json }
        Returns: Json
      }
      react_together: {
        Args: { p_reactions: Json; p_session_id: string }
        Returns: Json
      }
      receive_original: {
        Args: { p_bucket: string; p_name: string }
        Returns: Json
      }
      received_tips: { Args: { p_before_tip_id?: string }; Returns: Json }
      record_heartbeat: {
        Args: {
          p_at_ms: number
          p_lease_id: string
          p_position_ms: number
          p_rev: number
          p_session_id: string
        }
        Returns: Json
      }
      refuse_track: {
        Args: { p_code: string; p_detail?: string; p_track_id: string }
        Returns: Json
      }
      remember_payment_account: {
        Args: { p_account_id: string; p_livemode: boolean; p_user_id: string }
        Returns: Json
      }
      remove_from_queue: {
        Args: { p_command_id: string; p_item_id: string; p_session_id: string }
        Returns: Json
      }
      remove_message: {
        Args: {
          p_command_id: string
          p_message_id: string
          p_session_id: string
        }
        Returns: Json
      }
      remove_push_device: { Args: { p_address: string }; Returns: Json }
      remove_tip_words: {
        Args: { p_command_id: string; p_session_id: string; p_tip_id: string }
        Returns: Json
      }
      rename_track: {
        Args: { p_artist?: string; p_title: string; p_track_id: string }
        Returns: Json
      }
      report_listening: {
        Args: {
          p_bitrate?: number
          p_buffer_ms?: number
          p_corrections?: number
          p_drift_ppm?: number
          p_is_listening: boolean
          p_offset_ms?: number
          p_session_id: string
          p_stalls?: number
          p_uncertainty_ms?: number
        }
        Returns: Json
      }
      restricted_people: { Args: { p_session_id: string }; Returns: Json }
      revoke_invitation: { Args: { p_invitation_id: string }; Returns: Json }
      save_notification_settings: {
        Args: {
          p_muted_kinds: string[]
          p_quiet_from?: string
          p_quiet_until?: string
          p_time_zone?: string
        }
        Returns: Json
      }
      seek: {
        Args: {
          p_command_id: string
          p_expected_rev: number
          p_position_ms: number
          p_session_id: string
        }
        Returns: Json
      }
      send_message: {
        Args: { p_command_id: string; p_session_id: string; p_text: string }
        Returns: Json
      }
      session_by_slug: {
        Args: { p_invitation?: string; p_slug: string }
        Returns: Json
      }
      session_catalogue: {
        Args: { p_search?: string; p_session_id: string }
        Returns: Json
      }
      set_crossfade: {
        Args: {
          p_command_id: string
          p_crossfade_ms: number
          p_session_id: string
        }
        Returns: Json
      }
      set_loop: {
        Args: {
          p_command_id: string
          p_end_ms: number
          p_expected_rev: number
          p_session_id: string
          p_start_ms: number
        }
        Returns: Json
      }
      set_member_role: {
        Args: { p_role: string; p_session_id: string; p_user_id: string }
        Returns: Json
      }
      set_tip_goal: {
        Args: {
          p_amount?: number
          p_command_id: string
          p_currency?: string
          p_session_id: string
        }
        Returns: Json
      }
      set_up_plans: {
        Args: { p_plus_mode: string; p_track_max_ms: number }
        Returns: Json
      }
      settle_notification: {
        Args: {
          p_attempt: number
          p_id: string
          p_left_for: string[]
          p_retry_in_ms?: number
        }
        Returns: Json
      }
      sign_out_device: { Args: { p_session_id: string }; Returns: Json }
      start_live: {
        Args: {
          p_duck_gain: number
          p_lease_id: string
          p_mode: string
          p_session_id: string
          p_starts_at_ms: number
          p_stream_id: string
        }
        Returns: Json
      }
      start_upload: {
        Args: {
          p_artist?: string
          p_source?: Json
          p_title: string
          p_track_id: string
        }
        Returns: Json
      }
      sweep_live: { Args: Record<PropertyKey, never>; Returns: number }
      tidy_notifications: { Args: Record<PropertyKey, never>; Returns: number }
      tidy_up: { Args: Record<PropertyKey, never>; Returns: number }
      tip_opened: {
        Args: { p_checkout_id: string; p_tip_id: string }
        Returns: Json
      }
      tip_to_open: { Args: { p_tip_id: string }; Returns: Json }
      touch_members: {
        Args: { p_session_id: string; p_user_ids: string[] }
        Returns: number
      }
      unban_member: {
        Args: { p_session_id: string; p_user_id: string }
        Returns: Json
      }
      unpin_item: {
        Args: { p_command_id: string; p_item_id: string; p_session_id: string }
        Returns: Json
      }
      update_profile: {
        Args: {
          p_avatar_path?: string
          p_bio?: string
          p_display_name?: string
          p_handle?: string
          p_links?: Json
          p_locale?: string
          p_time_zone?: string
        }
        Returns: Json
      }
      update_session: {
        Args: {
          p_command_id: string
          p_requests_open?: boolean
          p_session_id: string
          p_title?: string
        }
        Returns: Json
      }
      upsert_starter_track: {
        Args: {
          p_artist: string
          p_title: string
          p_track_id: string
          p_verified: Json
        }
        Returns: Json
      }
      vote: {
        Args: {
          p_command_id: string
          p_item_id: string
          p_session_id: string
          p_voted: boolean
        }
        Returns: Json
      }
    }
    Enums: {
      tip_dispute: "none" | "open" | "won" | "lost"
      tip_status:
        | "begun"
        | "open"
        | "expired"
        | "failed"
        | "paid"
        | "partly_refunded"
        | "refunded"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {
      tip_dispute: ["none", "open", "won", "lost"],
      tip_status: [
        "begun",
        "open",
        "expired",
        "failed",
        "paid",
        "partly_refunded",
        "refunded",
      ],
    },
  },
} as const
